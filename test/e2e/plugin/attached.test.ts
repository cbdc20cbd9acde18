import { join } from "node:path";
import { REPOSITORY } from "../../engine/packages";
import { startProcess } from "../../engine/process";
import { createFixture } from "../fixture";
import { PLUGIN_PROGRAM } from "./program";

test("a plugin that a debugger has started serves several runs, each as in a process of its own", async () => {
  const main = join(REPOSITORY, "dist/provider/plugin/main.js");
  const fixture = await createFixture({ program: PLUGIN_PROGRAM });
  const { emulator, stack } = fixture;
  const plugin = startProcess(process.execPath, [main], {
    env: { OPENAI_ADMIN_KEY: emulator.adminKey, OPENAI_BASE_URL: emulator.url },
  });
  try {
    await plugin.waitFor(/^\d+\n/);
    const attached = { PULUMI_DEBUG_PROVIDERS: `openai-certificates:${plugin.output().trim()}` };
    const up = () => stack.run(["up", "--yes", "--skip-preview"], attached);

    await fixture.setIds(["cert_01", "cert_02"]);
    expect(await up()).toMatchObject({ exitCode: 0 });
    await fixture.setIds(["cert_02", "cert_03"]);
    const { exitCode, output } = await up();
    expect(output).toContain("organization: 1 to activate, 1 to deactivate");
    expect(exitCode).toBe(0);
    expect(emulator.activeIds()).toEqual(["cert_02", "cert_03"]);
  } finally {
    plugin.signal("SIGKILL");
    await plugin.result;
    await fixture.dispose();
  }
});
