import { issueCa } from "../emulator/certificates/issue";
import { ids } from "../support/ids";
import { createFixture } from "./fixture";
import type { Fixture } from "./fixture";
import { PLUGIN_PROGRAM } from "./plugin/program";

const program = (args: string): Readonly<Record<string, string>> => ({
  "index.ts": `
import { OrgCertificateActivation } from "pulumi-openai-certificates";
new OrgCertificateActivation("mtls", ${args} as never);
`,
});

const MISSPELLED = {
  "openai-certificates:organisation": "org-a",
  "openai-certificates:region": "eu",
};
const WARNING =
  "openai-certificates:organisation is not a setting of pulumi-openai-certificates. If openai-certificates:organization is meant";

describe("names that are not known", () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await createFixture({ program: program("{}"), config: MISSPELLED });
  });
  afterAll(() => fixture.dispose());

  test("fail their resource as arguments, and are warnings as settings, before any request", async () => {
    await fixture.stack.replaceProgram(program('{ certificateIds: ["cert_01"], exclusiv: true }'));
    const { exitCode, output } = await fixture.stack.up();
    expect(exitCode).not.toBe(0);
    expect(output).toContain("exclusiv is not an argument; did you mean exclusive? Otherwise remove it");
    expect(output).toContain(`warning: ${WARNING}`);
    expect(output).not.toContain("openai-certificates:region");
    expect(fixture.emulator.log).toEqual([]);
  });

  test("are not confused with missing arguments, whose value is not printed", async () => {
    await fixture.stack.replaceProgram(program("{}"));
    const { output } = await fixture.stack.up();
    expect(output).toContain("has a problem: certificateIds is missing; use a list");
    expect(output).not.toContain("nil");
  });

  test("are warnings of the plugin, too", async () => {
    const stack = await fixture.anotherStack({
      program: PLUGIN_PROGRAM,
      config: { ids: '["cert_01"]', ...MISSPELLED },
    });
    const { exitCode, output } = await stack.up();
    expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
    expect(output).toContain(WARNING);
    expect(output).not.toContain("openai-certificates:region");
  });
});

describe("a certificate of a component that was deleted outside Pulumi", () => {
  test("is uploaded and activated again as the message describes", async () => {
    const { pem } = await issueCa();
    const fixture = await createFixture({
      program: {
        "index.ts": `
import { TrustedCertificates } from "pulumi-openai-certificates";
new TrustedCertificates("mtls", { certificates: { gateway: ${JSON.stringify(pem)} }, expiryWarningDays: Number(process.env["DAYS"]), certificateIds: process.env["MORE"] ? ["cert_01"] : [] });
`,
      },
      env: { DAYS: "1" },
    });
    try {
      const { emulator, stack } = fixture;
      // The organization of the fixture is full.
      for (const id of ids(2, 60)) emulator.remove(id);
      expect(await stack.up()).toMatchObject({ exitCode: 0 });
      const [uploaded] = emulator.activeIds();
      emulator.setActive(uploaded ?? "", false);
      emulator.remove(uploaded ?? "");
      const { exitCode, output } = await stack.run(["preview"], { MORE: "yes" });
      expect(exitCode).not.toBe(0);
      expect(output).toContain(
        `${uploaded ?? ""} not found: never uploaded to this organization, or deleted. If a Certificate or`,
      );
      expect(output).toContain("run `pulumi state delete --target-dependents URN`");
      expect(output).not.toContain("nil");
      const { deployment } = await stack.state();
      const { urn = "" } = deployment.resources?.find(({ id }) => id === uploaded) ?? {};
      const removed = await stack.run(["state", "delete", "--target-dependents", urn, "--yes"]);
      expect(removed).toMatchObject({ exitCode: 0 });
      expect(await stack.up()).toMatchObject({ exitCode: 0 });
      expect(emulator.activeIds()).toHaveLength(1);
      expect(emulator.activeIds()).not.toEqual([uploaded]);
    } finally {
      await fixture.dispose();
    }
  });
});
