import { join } from "node:path";
import { startEmulator } from "../emulator/index";
import type { Emulator } from "../emulator/index";
import { findEngine } from "../engine/findEngine";
import { createSandbox } from "../engine/sandbox";
import type { Sandbox } from "../engine/sandbox";
import type { Stack } from "../engine/stack";
import { ids } from "../support/ids";
import { PROGRAM, VALID } from "./fixture";
import { copyPolicyPack, violated } from "./policyPack";

const LABELLED = { PULL_REQUEST_LABELS: '["infrastructure","mtls-enforcement-change"]' };

describe("the policy pack of the examples, on a real engine", () => {
  let sandbox: Sandbox;
  let emulator: Emulator;
  let stack: Stack;
  let pack: string;
  beforeAll(async () => {
    sandbox = await createSandbox({ engine: await findEngine() });
    emulator = await startEmulator();
    emulator.seed(ids(1, 9).map((id) => ({ id, name: `name of ${id}`, ...VALID })));
    const inTenDays = Math.floor(Date.now() / 1000) + 10 * 86_400;
    emulator.seed([{ id: "cert_ending", name: "ending", ...VALID, expiresAt: inTenDays }]);
    stack = await sandbox.stack({
      keySource: "key server",
      program: {
        "index.ts": `${PROGRAM["index.ts"]}
class Named extends pulumi.dynamic.Resource {
  declare readonly certificateId: pulumi.Output<string>;
  constructor(name: string, id: string) {
    super({ create: async () => ({ id, outs: { certificateId: id } }) }, name, { certificateId: undefined });
  }
}
const known = config.get("knownAfterApply");
if (known) {
  const { certificateId } = new Named("named", known);
  const certificateIds = [certificateId, "cert_09"];
  new OrgCertificateActivation("later", { certificateIds, enforcementChange: "refuse" }, { dependsOn: mtls });
}
`,
      },
      env: {
        OPENAI_BASE_URL: emulator.url,
        OPENAI_ADMIN_KEY: emulator.adminKey,
        OPENAI_RETRY_TIMEOUT_SECONDS: "0",
      },
    });
    pack = await copyPolicyPack(sandbox.folder);
  });
  afterAll(async () => {
    await sandbox.dispose();
    await emulator.close();
  });

  const run = (command: readonly string[], env: Record<string, string> = {}) =>
    stack.run([...command, "--policy-pack", pack], env);
  const preview = (env?: Record<string, string>) => run(["preview"], env);
  /** An update with its preview, which the pack checks, too. */
  const previewAndUp = (env?: Record<string, string>) => run(["up", "--yes"], env);
  const up = (env?: Record<string, string>) => run(["up", "--yes", "--skip-preview"], env);
  const declare = (declared: readonly string[], config: Record<string, string> = {}) =>
    stack.setConfig({ ids: JSON.stringify(declared), exclusive: "false", ...config });

  test("fails a preview that may change enforcement without a label, and one of a single certificate", async () => {
    await declare(["cert_01"]);
    const { exitCode, output } = await preview();
    expect(violated(output)).toEqual(["mandatory enforcement-needs-label", "mandatory one-to-spare"]);
    expect(exitCode).not.toBe(0);
  });

  test("fails a preview of an exclusive set that is empty", async () => {
    await declare([], { exclusive: "true" });
    const { exitCode, output } = await preview(LABELLED);
    expect(violated(output)).toEqual(["mandatory exclusive-is-not-empty", "mandatory one-to-spare"]);
    expect(exitCode).not.toBe(0);
  });

  test("fails a preview of a certificate that expires soon, before it is activated", async () => {
    await declare(["cert_01", "cert_ending"]);
    const { exitCode, output } = await preview(LABELLED);
    expect(violated(output)).toEqual(["mandatory none-expires-soon"]);
    expect(output).toContain('cert_ending "ending" expires on');
    expect(exitCode).not.toBe(0);
  });

  test("stops an update before its first change", async () => {
    emulator.clearLog();
    const { exitCode, output } = await up(LABELLED);
    expect(violated(output)).toEqual(["mandatory none-expires-soon"]);
    expect(exitCode).not.toBe(0);
    expect(new Set(emulator.log.map(({ endpoint }) => endpoint))).toEqual(new Set(["list"]));
    expect(emulator.activeIds()).toEqual([]);
  });

  test("passes the first activation with the label", async () => {
    await declare(ids(1, 2));
    expect(await previewAndUp(LABELLED)).toMatchObject({ exitCode: 0 });
    expect(emulator.activeIds()).toEqual(ids(1, 2));
  });

  test("passes a rotation with enforcementChange: refuse without the label", async () => {
    await declare(ids(2, 3), { enforcementChange: "refuse" });
    expect(await previewAndUp()).toMatchObject({ exitCode: 0 });
    expect(emulator.activeIds()).toEqual(ids(2, 3));
  });

  test("reports that unknown ids cannot be verified, and verifies them in the update", async () => {
    await declare(ids(2, 3), { knownAfterApply: "cert_ending" });
    const shown = await preview();
    expect(violated(shown.output)).toEqual([
      "advisory exclusive-is-not-empty",
      "advisory none-expires-soon",
      "advisory one-to-spare",
    ]);
    expect(shown.exitCode).toBe(0);

    const applied = await up();
    expect(violated(applied.output)).toEqual(["mandatory none-expires-soon"]);
    expect(applied.exitCode).not.toBe(0);
    expect(emulator.activeIds()).toEqual(ids(2, 3));
  });

  test("verifies the active certificates of the state without a key", async () => {
    await stack.setConfig({ knownAfterApply: "" });
    await declare(["cert_02", "cert_ending"]);
    expect(await stack.up()).toMatchObject({ exitCode: 0 });
    const { exitCode, output } = await preview({ ...LABELLED, OPENAI_ADMIN_KEY: "" });
    expect(violated(output)).toEqual(["mandatory none-active-expires-soon"]);
    expect(exitCode).not.toBe(0);
  });

  test("verifies a state in a file, without a backend, a program or a key", async () => {
    const file = join(sandbox.folder, "state.json");
    await stack.run(["stack", "export", "--file", file]);
    emulator.clearLog();
    const { exitCode, output } = await stack.run(
      ["policy", "analyze", "--file", file, "--policy-pack", pack],
      { ...LABELLED, OPENAI_ADMIN_KEY: "", PULUMI_BACKEND_URL: "", PULUMI_CONFIG_PASSPHRASE: "" },
    );
    expect(violated(output)).toEqual(["mandatory none-active-expires-soon"]);
    expect(output).toContain('cert_ending "ending" expires on');
    expect(exitCode).not.toBe(0);
    expect(emulator.log).toEqual([]);
  });
});
