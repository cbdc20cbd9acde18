import { join } from "node:path";
import { countCalls } from "../../emulator/index";
import { createFixture } from "../fixture";
import type { Fixture } from "../fixture";
import { PLUGIN_FOLDER, PLUGIN_PROGRAM } from "./program";

const PLUGIN = join(PLUGIN_FOLDER, "pulumi-resource-openai-certificates");

describe("`pulumi do`, with the settings of the environment alone", () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await createFixture({ program: PLUGIN_PROGRAM });
  });
  afterAll(() => fixture.dispose());
  beforeEach(() => {
    fixture.emulator.clearLog();
  });

  /** Runs an operation directly, without a state. @param inputs in Pulumi's own language, which needs no converter. */
  const run = async (name: string, args: readonly string[], inputs?: string, env = {}) => {
    const { stack } = fixture;
    const file = inputs === undefined ? [] : ["--input", "pcl", "--input-file", "inputs.pp"];
    if (inputs !== undefined) await stack.replaceProgram({ "inputs.pp": inputs });
    const token = `openai-certificates:index:${name}`;
    return stack.run(["do", "--package", PLUGIN, "--stateless", token, ...args, ...file], env);
  };

  test("lists certificates with ids that can be read", async () => {
    const { stdout, exitCode } = await run("Certificate", ["list", "--active=false", "--count", "1"]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual([{ id: "cert_60", name: "name of cert_60" }]);
    expect(countCalls(fixture.emulator.log)).toEqual({ list: 1 });
  });

  test("activates, changes and deactivates certificates", async () => {
    const { emulator } = fixture;
    const create = await run("OrgCertificateActivation", ["create", "--yes"], 'certificateIds = ["cert_01"]');
    expect([create.exitCode, create.output]).toEqual([0, expect.stringContaining("mTLS will be enforced")]);
    expect(emulator.activeIds()).toEqual(["cert_01"]);
    const ids = 'certificateIds = ["cert_02", "cert_03"]';
    const patch = await run("OrgCertificateActivation", ["patch", "organization", "--yes"], ids);
    expect(patch.exitCode).toBe(0);
    expect(emulator.activeIds()).toEqual(["cert_02", "cert_03"]);
    const deletion = await run("OrgCertificateActivation", ["delete", "organization", "--yes"]);
    expect([deletion.exitCode, emulator.activeIds()]).toEqual([0, []]);
  });

  test("reports a missing admin key, and what to set, when an operation needs it", async () => {
    const { exitCode, output } = await run("getCertificates", [], undefined, { OPENAI_ADMIN_KEY: "" });
    expect(exitCode).not.toBe(0);
    expect(output).toContain(
      "no admin key is configured. Set the argument adminKey of the provider, or the environment variable OPENAI_ADMIN_KEY",
    );
  });
});
