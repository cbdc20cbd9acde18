import { createFixture, VALID } from "../fixture";
import { copyPolicyPack, violated } from "../policyPack";
import { PLUGIN_PROGRAM } from "./program";

test("the policy pack of the examples applies to the plugin's resources, too", async () => {
  const fixture = await createFixture({ program: PLUGIN_PROGRAM });
  try {
    const expiresAt = Math.floor(Date.now() / 1000) + 10 * 86_400;
    fixture.emulator.seed([{ id: "cert_ending", ...VALID, expiresAt }]);
    await fixture.setIds(["cert_ending"]);
    const pack = await copyPolicyPack(fixture.folder);
    const { exitCode, output } = await fixture.stack.preview("--policy-pack", pack);
    expect(violated(output)).toEqual([
      "mandatory enforcement-needs-label",
      "mandatory none-expires-soon",
      "mandatory one-to-spare",
      // The outputs are not known before the update.
      "advisory none-active-expires-soon",
    ]);
    expect(exitCode).not.toBe(0);
  } finally {
    await fixture.dispose();
  }
});
