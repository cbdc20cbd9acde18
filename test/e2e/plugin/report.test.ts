import { parsePreview } from "../../../cli/report/input/preview";
import { reportOf } from "../../../cli/report/model/reportOf";
import { startEmulator } from "../../emulator/index";
import { createFixture, VALID } from "../fixture";
import { PLUGIN_PROGRAM, pluginProgram } from "./program";

test("the report of a preview by the plugin shows what changes, and confirms it by the engine's plan", async () => {
  const fixture = await createFixture({ program: PLUGIN_PROGRAM });
  try {
    const { emulator, stack } = fixture;
    emulator.setActive("cert_30", true);
    await fixture.setIds(["cert_01", "cert_02"]);
    expect(await stack.up()).toMatchObject({ exitCode: 0 });
    await fixture.setIds(["cert_02", "cert_03"]);
    const { stdout } = await stack.run(["preview", "--json"]);
    const report = reportOf(parsePreview(stdout), Date.now() / 1000);
    expect(report).toMatchObject({
      scopes: [{ scope: "organization", source: "api" }],
      notes: ["X.509 workload identity federation ends for the clients of deactivated certificates, too."],
    });
    expect(report.rows.map(({ change, id }) => [change, id]).sort()).toEqual([
      ["activate", "cert_03"],
      ["deactivate", "cert_01"],
    ]);
  } finally {
    await fixture.dispose();
  }
});

test.each(["acme", "eu.west (old) `x | nothing to activate or deactivate | stays enforced |` "])(
  "the report of a preview with two providers keeps their organizations apart: %s",
  async (name) => {
    const program = pluginProgram(`
const config = new pulumi.Config();
const provider = new Provider(${JSON.stringify(name)}, { adminKey: config.require("key"), baseUrl: config.require("url") });
new OrgCertificateActivation("theirs", { certificateIds: ["cert_04"] }, { provider });
new OrgCertificateActivation("ours", { certificateIds: ["cert_01"] });
`);
    const fixture = await createFixture({ program });
    const other = await startEmulator({ adminKey: "sk-admin-of-acme" });
    try {
      other.seed([{ id: "cert_04", ...VALID }]);
      await fixture.stack.setConfig({ url: other.url }, { key: other.adminKey });
      const { stdout } = await fixture.stack.run(["preview", "--json"]);
      const report = reportOf(parsePreview(stdout), Date.now() / 1000);
      expect(report.notes).toEqual([]);
      expect(report.scopes.map(({ scope, source }) => [scope, source]).sort()).toEqual([
        [`${name}: organization`, "api"],
        ["organization", "api"],
      ]);
      expect(report.rows.map(({ id, scope }) => [id, scope]).sort()).toEqual([
        ["cert_01", "organization"],
        ["cert_04", `${name}: organization`],
      ]);
    } finally {
      await other.close();
      await fixture.dispose();
    }
  },
);
