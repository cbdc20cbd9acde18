import { parsePreview } from "../../../cli/report/input/preview";
import { reportOf } from "../../../cli/report/model/reportOf";
import { createFixture } from "../fixture";
import { PLUGIN_PROGRAM } from "./program";

test("the report of a preview by the plugin shows what changes, and confirms it by the engine's plan", async () => {
  const fixture = await createFixture({ program: PLUGIN_PROGRAM });
  try {
    const { emulator, stack } = fixture;
    emulator.setActive("cert_30", true);
    await fixture.setIds(["cert_01", "cert_02"]);
    expect(await stack.up()).toMatchObject({ exitCode: 0 });
    await fixture.setIds(["cert_02", "cert_03"]);
    const { stdout } = await stack.run(["preview", "--json"]);
    const report = reportOf(parsePreview(stdout));
    expect(report).toMatchObject({ scopes: [{ scope: "organization", verified: true }], notes: [] });
    expect(report.rows.map(({ change, id }) => [change, id]).sort()).toEqual([
      ["off", "cert_01"],
      ["on", "cert_03"],
    ]);
  } finally {
    await fixture.dispose();
  }
});
