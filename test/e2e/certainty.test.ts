import { createFixture } from "./fixture";
import type { Fixture } from "./fixture";
import { pluginProgram } from "./plugin/program";
import { activation, declaring } from "./transition";

const PAIR = ["cert_01", "cert_02"];

/** A resource whose output is unknown in a preview of its create or of a change. */
const SOURCE = `
class Source extends pulumi.dynamic.Resource {
  declare readonly value: pulumi.Output<string>;
  constructor(name: string, id: string) {
    super({ create: async () => ({ id, outs: { value: id } }) }, name, { value: undefined });
  }
}
`;
const unknownList = (name: string, id: string, more = "") =>
  `${SOURCE}const list = new Source("${name}-source", "${id}").value.apply((id) => [id, "cert_02"]);
new OrgCertificateActivation("${name}", { certificateIds: list, ${more} });`;

describe.each([
  ["dynamic", declaring],
  ["plugin", pluginProgram],
] as const)("a preview of %s resources", (_, programOf) => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await createFixture({ program: programOf(activation("a", PAIR)) }, { projects: ["proj_a"] });
    expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
  });
  afterAll(() => fixture.dispose());
  beforeEach(() => {
    fixture.emulator.clearLog();
  });

  const previewOf = async (body: string, ...args: readonly string[]) => {
    await fixture.stack.replaceProgram(programOf(body));
    return fixture.stack.run(["preview", ...args]);
  };

  test("names the managed ids of a list that is not known, and claims nothing else", async () => {
    const { exitCode, output } = await previewOf(unknownList("a", "cert_01", 'enforcementChange: "refuse"'));
    expect(exitCode).toBe(0);
    expect(output).toContain(
      "organization: ids not known until the update; managed now: cert_01, cert_02; mTLS not known",
    );
    expect(output).not.toMatch(/to deactivate|after upload|mTLS (?:stays|will|may)|rejects this update/);
    expect(fixture.emulator.log).toEqual([]);
  });

  test("does not reject an update whose unknown ids may keep a certificate active", async () => {
    const { exitCode, output } = await previewOf(
      unknownList("b", "cert_01").replace("new Org", "const b = new Org") +
        activation("a", [], 'enforcementChange: "refuse"', "dependsOn: b"),
    );
    expect(output).toContain("mTLS may be turned off");
    expect(exitCode).toBe(0);
    expect(output).toContain("ids not known until the update; managed now: none");
    expect(output).not.toContain("mTLS will be turned off");
  });

  test("does not claim that mTLS stays enforced by certificates that nothing in the program declares", async () => {
    fixture.emulator.setActive("cert_09", true);
    const { output } = await previewOf(activation("a", []));
    fixture.emulator.setActive("cert_09", false);
    expect(output).toContain(
      "mTLS stays enforced unless other resources deactivate the remaining certificates",
    );
  });

  test("does not claim that mTLS stays enforced by another resource that gives up its certificates, too", async () => {
    await fixture.stack.replaceProgram(programOf(activation("a", PAIR) + activation("b", ["cert_03"])));
    expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
    await fixture.stack.run(["refresh", "--yes"]);
    const { output } = await previewOf(activation("a", []) + activation("b", []));
    expect(output).toMatch(/2 to deactivate, 1 unmanaged; mTLS stays enforced unless other resources/);
    expect(output).not.toMatch(/mTLS stays enforced;/);
  });

  test("reports that federation ends for the clients of one certificate among others", async () => {
    const { output } = await previewOf(activation("a", ["cert_01"]));
    expect(output).toContain("X.509 workload identity federation ends for the clients of deactivated");
  });

  test("does not claim that an empty project turns mTLS off while the organization enforces it", async () => {
    const project = (list: readonly string[]) =>
      `new ProjectCertificateActivation("p", { projectId: "proj_a", certificateIds: ${JSON.stringify(list)}, ` +
      `enforcementChange: "refuse" });`;
    await fixture.stack.replaceProgram(programOf(activation("a", PAIR) + project(["cert_03"])));
    const first = await fixture.stack.up();
    expect(first).toMatchObject({ exitCode: 0 });
    const { exitCode, output } = await previewOf(activation("a", PAIR) + project([]));
    expect(exitCode).toBe(0);
    expect(output).toContain(
      "project proj_a: 1 to deactivate; mTLS stays enforced while certificates of the organization are active",
    );
    expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
  });

  // Last, because the engine keeps these settings.
  test("fails if it could not be verified although the stack requires that", async () => {
    for (const [setting, value] of [
      ["adminKey", "sk-wrong"],
      ["caBundle", "/missing.pem"],
    ]) {
      const required = ["--config", "openai-certificates:verifyInPreview=required"];
      const { exitCode, output } = await previewOf(
        activation("a", ["cert_01"]),
        ...required,
        "--config",
        `openai-certificates:${setting}=${value}`,
      );
      expect(output).toContain("not verified");
      expect(output).toContain("openai-certificates:verifyInPreview requires a preview to be verified");
      expect(exitCode).not.toBe(0);
    }
  });
});
