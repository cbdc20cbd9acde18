import { issueCa, issueClient } from "../emulator/certificates/issue";
import { createFixture } from "./fixture";
import type { Fixture } from "./fixture";
import { pluginProgram } from "./plugin/program";
import { activation, declaring } from "./transition";

/** Two certificates that trust the provider, and one that does not. */
const [CLIENTS, OTHER_CLIENTS, BATCH] = ["cert_clients", "cert_clients_2", "cert_batch"];
const LOCKOUT = "this would lock the provider out of the API.";

describe.each([
  ["dynamic", declaring],
  ["plugin", pluginProgram],
] as const)(
  "a preview of %s resources that leave no certificate which trusts the provider",
  (_, programOf) => {
    let fixture: Fixture;
    beforeAll(async () => {
      const [ca, other] = [await issueCa({ name: "clients" }), await issueCa({ name: "batch" })];
      const client = await issueClient(ca, { name: "pipeline" });
      fixture = await createFixture({
        program: programOf(activation("a", [CLIENTS])),
        env: { OPENAI_MTLS_CERT_CHAIN: client.chainPem, OPENAI_MTLS_KEY: client.keyPem },
      });
      fixture.emulator.seed([
        { id: CLIENTS, pem: ca.pem },
        { id: OTHER_CLIENTS, pem: ca.pem },
        { id: BATCH, pem: other.pem },
      ]);
      expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
    });
    afterAll(() => fixture.dispose());

    const previewOf = async (body: string) => {
      await fixture.stack.replaceProgram(programOf(body));
      return fixture.stack.preview();
    };
    const diagnostics = (output: string) =>
      output
        .slice(output.indexOf("Diagnostics:"))
        .match(new RegExp(`(?:error|warning): (?:organization: )?(?=${LOCKOUT})`, "g"));

    test("fails, with one message in its diagnostics", async () => {
      const { exitCode, output } = await previewOf(activation("a", [BATCH]));
      expect(exitCode).not.toBe(0);
      expect(output).toContain(`(${BATCH}) trusts the configured client certificate (CN=pipeline)`);
      // The process that runs dynamic providers also prints what fails.
      expect(diagnostics(output)).toEqual(["error: "]);
    });

    test("fails for a new resource, too", async () => {
      fixture.emulator.setActive(CLIENTS, false);
      const { exitCode, output } = await previewOf(activation("b", [BATCH]));
      fixture.emulator.setActive(CLIENTS, true);
      expect(exitCode).not.toBe(0);
      expect(output).toContain(LOCKOUT);
    });

    test.each([
      ["keeps the one that does", [CLIENTS]],
      ["activates another one that does", [OTHER_CLIENTS]],
    ])("does not fail while a resource that is registered later %s", async (_what, ids) => {
      const { exitCode } = await previewOf(activation("a", [BATCH]) + activation("b", ids));
      expect(exitCode).toBe(0);
    });

    test("does not fail while a resource that the program declares a second later keeps one", async () => {
      const { exitCode } = await previewOf(
        `${activation("a", [BATCH])} setTimeout(() => { ${activation("b", [CLIENTS])} }, 1_000);`,
      );
      expect(exitCode).toBe(0);
    });

    test("only warns while another list of ids is not known", async () => {
      const { exitCode, output } = await previewOf(
        `${activation("a", [BATCH])}
class Source extends pulumi.dynamic.Resource {
  declare readonly value: pulumi.Output<string>;
  constructor() {
    super({ create: async () => ({ id: "x", outs: { value: "${CLIENTS}" } }) }, "source", { value: undefined });
  }
}
new OrgCertificateActivation("b", { certificateIds: [new Source().value] });`,
      );
      expect(exitCode).toBe(0);
      expect(output).toContain(`warning: organization: ${LOCKOUT}`);
    });

    test("is an update that changes nothing", async () => {
      const { exitCode, output } = await previewOf(activation("a", [BATCH]));
      expect(exitCode).not.toBe(0);
      expect(output).toContain(LOCKOUT);
      expect(await fixture.stack.run(["up", "--yes", "--skip-preview"])).not.toMatchObject({ exitCode: 0 });
      expect(fixture.emulator.activeIds()).toEqual([CLIENTS]);
    });
  },
);
