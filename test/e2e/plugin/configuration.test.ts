import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { countCalls, startEmulator } from "../../emulator/index";
import { startGateway } from "../../support/gateway";
import { SecretScanner } from "../../support/secretScanner";
import { createFixture, VALID } from "../fixture";
import type { Fixture } from "../fixture";
import { PLUGIN_PROGRAM, pluginProgram } from "./program";

const OLD_KEY = "sk-admin-old0123456789";
const NEW_KEY = "sk-admin-new0123456789";

/** Searches everything that a fixture's engines and stacks have stored, except programs and packages. */
async function scanFiles({ folder }: Fixture, scanner: SecretScanner): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isFile() || /node_modules|program-\d/.test(entry.parentPath)) continue;
    scanner.scan(entry.name, await readFile(join(entry.parentPath, entry.name), "utf8"));
  }
}

describe("the settings of a default provider", () => {
  test("are those of the stack today for refresh and destroy, also after the key was rotated", async () => {
    const fixture = await createFixture(
      { program: PLUGIN_PROGRAM, secrets: { "openai-certificates:adminKey": OLD_KEY } },
      { adminKey: OLD_KEY },
    );
    const rotated = await startEmulator({ adminKey: NEW_KEY });
    rotated.seed([{ id: "cert_01", ...VALID, active: true }]);
    const gateway = await startGateway([fixture.emulator, rotated]);
    try {
      await fixture.stack.setConfig({ "openai-certificates:baseUrl": gateway.url });
      await fixture.setIds(["cert_01"]);
      expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
      fixture.emulator.clearLog();
      await fixture.stack.setConfig({}, { "openai-certificates:adminKey": NEW_KEY });
      expect(await fixture.stack.refresh()).toMatchObject({ exitCode: 0 });
      expect(await fixture.stack.destroy()).toMatchObject({ exitCode: 0 });
      expect(countCalls(rotated.log)).toEqual({ list: 2, deactivate: 1 });
      expect(fixture.emulator.log).toEqual([]);
      const scanner = new SecretScanner([OLD_KEY, NEW_KEY]);
      await scanFiles(fixture, scanner);
      expect(scanner.bytes).toBeGreaterThan(1_000);
      expect(scanner.found).toEqual([]);
    } finally {
      await gateway.close();
      await rotated.close();
      await fixture.dispose();
    }
  });

  test("without a key let the preview continue, with a message", async () => {
    const fixture = await createFixture({ program: PLUGIN_PROGRAM, env: { OPENAI_ADMIN_KEY: "" } });
    try {
      await fixture.setIds(["cert_01"]);
      const { exitCode, output } = await fixture.stack.preview();
      expect(output).toContain("pulumi config set --secret openai-certificates:adminKey");
      expect(exitCode).toBe(0);
      expect(fixture.emulator.log).toEqual([]);
    } finally {
      await fixture.dispose();
    }
  });
});

describe("the arguments of a provider that the program declares", () => {
  let fixture: Fixture;
  const program = (adminKey: string, options = "{ provider }") =>
    pluginProgram(`
const config = new pulumi.Config();
const provider = new Provider("acme", { adminKey: ${adminKey}, baseUrl: config.require("url"), retryTimeoutSeconds: 0 });
const mtls = new OrgCertificateActivation("mtls", { certificateIds: ["cert_01"] }, ${options});
export const enforced = mtls.enforced;
`);
  beforeAll(async () => {
    fixture = await createFixture(
      {
        program: program("undefined"),
        env: { OPENAI_ADMIN_KEY: "sk-admin-of-another-one0", OPENAI_BASE_URL: "" },
      },
      { adminKey: OLD_KEY },
    );
    await fixture.stack.setConfig({ url: fixture.emulator.url }, { key: OLD_KEY });
  });
  afterAll(() => fixture.dispose());
  beforeEach(() => {
    fixture.emulator.clearLog();
  });

  test("are not completed from the environment, and a message names the missing one", async () => {
    const { output } = await fixture.stack.up();
    expect(output).toContain('Set adminKey of the provider "acme"');
    expect(fixture.emulator.log).toEqual([]);
  });

  test("that are not known yet make the preview call nothing, and show the outputs as unknown", async () => {
    // Unknown during the preview of the first update, as an output of a resource that does not exist yet.
    const unknown = `new OrgCertificateActivation("other", { certificateIds: [] }).enforced.apply(() => config.require("key"))`;
    await fixture.stack.replaceProgram(program(unknown));
    const { exitCode, output } = await fixture.stack.preview(
      "--config",
      "openai-certificates:verifyInPreview=false",
    );
    expect(exitCode === 0 ? "" : output).toBe("");
    expect(output).toContain("adminKey of this provider");
    expect(output).toMatch(/enforced *: (?:output<string>|\[unknown\])/);
    expect(fixture.emulator.log).toEqual([]);
  });

  test("apply to its resources, and a key in clear is encrypted in the state", async () => {
    await fixture.stack.replaceProgram(program('config.require("key")'));
    const { exitCode, output } = await fixture.stack.up();
    expect(exitCode === 0 ? "" : output).toBe("");
    expect(countCalls(fixture.emulator.log)).toEqual({ list: 1, activate: 1 });
    const scanner = new SecretScanner([OLD_KEY]);
    scanner.scan("the output", output);
    scanner.scan("the state", await fixture.stack.state());
    await scanFiles(fixture, scanner);
    expect(scanner.found).toEqual([]);
    expect(await fixture.stack.destroy()).toMatchObject({ exitCode: 0 });
  });
});
