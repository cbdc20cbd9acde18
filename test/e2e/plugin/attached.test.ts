import { join } from "node:path";
import { REPOSITORY } from "../../engine/packages";
import { startProcess } from "../../engine/process";
import { createFixture } from "../fixture";
import { startTwoOrganizations } from "../organizations";
import { PLUGIN_PROGRAM, pluginProgram } from "./program";

const MAIN = join(REPOSITORY, "dist/provider/plugin/main.js");

test("a plugin that a debugger has started serves several runs, each as in a process of its own", async () => {
  const fixture = await createFixture({ program: PLUGIN_PROGRAM });
  const { emulator, stack } = fixture;
  const plugin = startProcess(process.execPath, [MAIN], {
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

test("two providers that are attached to one plugin keep their organizations apart", async () => {
  const both = await startTwoOrganizations();
  const program = (ids: { readonly eu: string; readonly us: string }) =>
    pluginProgram(
      (["eu", "us"] as const)
        .map(
          (name) => `
const ${name} = new Provider("${name}", { adminKey: "${both[name].adminKey}", baseUrl: "${both[name].url}" });
new OrgCertificateActivation("${name}", { certificateIds: ["${ids[name]}"] }, { provider: ${name} });`,
        )
        .join(""),
    );
  const fixture = await createFixture({ program: program({ eu: "cert_01", us: "cert_us" }) });
  const plugin = startProcess(process.execPath, [MAIN]);
  try {
    await plugin.waitFor(/^\d+\n/);
    const attached = { PULUMI_DEBUG_PROVIDERS: `openai-certificates:${plugin.output().trim()}` };
    const run = async (command: string) => {
      const { exitCode, output } = await fixture.stack.run([command, "--yes", "--skip-preview"], attached);
      expect(exitCode === 0 ? "" : output).toBe("");
    };
    await run("up");
    expect(both.active()).toEqual({ eu: ["cert_01"], us: ["cert_us"] });
    await fixture.stack.replaceProgram(program({ eu: "cert_eu", us: "cert_01" }));
    await run("up");
    expect(both.active()).toEqual({ eu: ["cert_eu"], us: ["cert_01"] });
    await run("destroy");
    expect(both.active()).toEqual({ eu: [], us: [] });
  } finally {
    plugin.signal("SIGKILL");
    await plugin.result;
    await fixture.dispose();
    await both.close();
  }
});
