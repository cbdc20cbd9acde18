import { issueTwo } from "./certificateFixture";
import { createFixture } from "./fixture";
import type { Fixture } from "./fixture";
import { pluginProgram } from "./plugin/program";
import { activation, declaring } from "./transition";

describe.each([
  ["dynamic", declaring],
  ["plugin", pluginProgram],
] as const)("a mistake in a program with %s resources", (kind, programOf) => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await createFixture({ program: programOf("") });
    for (const { id } of fixture.emulator.certificates) if (id > "cert_09") fixture.emulator.remove(id);
  });
  afterAll(() => fixture.dispose());

  async function outputOfFailing(body: string, command: "preview" | "up"): Promise<string> {
    await fixture.stack.replaceProgram(programOf(body));
    const { exitCode, output } = await fixture.stack[command]();
    expect(exitCode).not.toBe(0);
    return output;
  }

  test.each(["..", "proj a"])("is named when %s is given as a project id", async (projectId) => {
    const body = `new ProjectCertificateActivation("p", { projectId: "${projectId}", certificateIds: [] });`;
    expect(await outputOfFailing(body, "preview")).toMatch(
      /projectId.* use a project id as shown in the dashboard/,
    );
  });

  test("is named when a certificate of more than 4 MB is given", async () => {
    const body = `new Certificate("c", { certificate: "x".repeat(5_000_000) });`;
    expect(await outputOfFailing(body, "preview")).toMatch(/certificate .*(?:16 kB|PEM)/);
  });

  test("is named when a certificate that is active is to be deleted before it is replaced", async () => {
    const [first, second] = await issueTwo();
    const body = (pem: string) =>
      `const c = new Certificate("c", { certificate: ${JSON.stringify(pem)} }, { deleteBeforeReplace: true });
      new OrgCertificateActivation("a", { certificateIds: [c.id] });`;
    await fixture.stack.replaceProgram(programOf(body(first.pem)));
    expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
    expect(await outputOfFailing(body(second.pem), "up")).toContain(
      "If the resource has deleteBeforeReplace, remove that option",
    );
    await fixture.stack.replaceProgram(programOf(body(second.pem).replace("deleteBeforeReplace: true", "")));
    expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
    await fixture.stack.destroy();
  });

  if (kind === "plugin") {
    test("is named when ignoreChanges has a position of certificateIds", async () => {
      await fixture.stack.replaceProgram(programOf(activation("a", ["cert_02", "cert_01"])));
      expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
      const position = activation("a", ["cert_03", "cert_01"], "", 'ignoreChanges: ["certificateIds[0]"]');
      expect(await outputOfFailing(position, "preview")).toContain("Use `certificateIds` as a whole");
      const whole = activation("a", ["cert_03"], "", 'ignoreChanges: ["certificateIds"]');
      await fixture.stack.replaceProgram(programOf(whole));
      expect(await fixture.stack.up("--expect-no-changes")).toMatchObject({ exitCode: 0 });
    });
  }
});
