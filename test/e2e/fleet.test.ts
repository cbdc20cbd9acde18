import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { startEmulator } from "../emulator/index";
import { findEngine } from "../engine/findEngine";
import type { ProcessResult } from "../engine/process";
import { createSandbox } from "../engine/sandbox";
import type { Sandbox } from "../engine/sandbox";
import type { Stack } from "../engine/stack";
import { FLEET_FOLDER, keysOf, organizationsFile, resultsIn, runFleet } from "../support/fleet";
import type { FleetOrganization } from "../support/fleet";
import { ids } from "../support/ids";
import { VALID } from "./fixture";

/** The cases share the stacks: each begins with the state in which the one before ended. */
describe("the example fleet", () => {
  let sandbox: Sandbox;
  let stack: Stack;
  let members: readonly FleetOrganization[];

  const declare = (declared: Readonly<Record<string, readonly string[]>>) => {
    members = members.map((member) => ({ ...member, certificateIds: declared[member.name] ?? [] }));
    return stack.replaceProgram(organizationsFile(members));
  };
  const run = (
    args: readonly string[],
    {
      withKeysOf = members.map(({ name }) => name),
      backend = pathToFileURL(join(sandbox.folder, "backend-1")).href,
    } = {},
  ): Promise<ProcessResult> => {
    const keys = keysOf(members.filter(({ name }) => withKeysOf.includes(name)));
    const env = { ...sandbox.env, PULUMI_BACKEND_URL: backend, OPENAI_RETRY_TIMEOUT_SECONDS: "0", ...keys };
    return runFleet(stack.folder, args, { env });
  };
  const active = () => Object.fromEntries(members.map(({ name, emulator }) => [name, emulator.activeIds()]));

  beforeAll(async () => {
    sandbox = await createSandbox({ engine: await findEngine() });
    stack = await sandbox.stack({ program: FLEET_FOLDER });
    members = await Promise.all(
      ["acme", "globex", "initech"].map(async (name) => {
        const emulator = await startEmulator({ adminKey: `sk-admin-${name}` });
        emulator.seed(ids(1, 5).map((id) => ({ id, ...VALID })));
        return { name, emulator, certificateIds: [] };
      }),
    );
  });
  afterAll(async () => {
    await sandbox.dispose();
    for (const { emulator } of members) await emulator.close();
  });

  test("previews by default, and fails without changes when organizations fail", async () => {
    await declare({ acme: ["cert_01", "cert_02"], globex: ["cert_03"], initech: ["cert_missing"] });
    const { exitCode, output } = await run(["--workers", "2"], { withKeysOf: ["acme", "initech"] });
    expect(resultsIn(output)).toEqual({ acme: "to update", globex: "failed", initech: "failed" });
    expect(output).toContain("2 to activate");
    expect(output).toContain("cert_missing");
    expect(exitCode).toBe(1);
    expect(active()).toEqual({ acme: [], globex: [], initech: [] });

    // The organization whose key is not in the environment.
    expect(output).toContain("Set the environment variable GLOBEX_ADMIN_KEY");
    expect(output).not.toContain("sk-admin-");
  });

  test("with --yes updates the organizations that do not fail", async () => {
    const { exitCode, output } = await run(["--yes", "--workers", "2"]);
    expect(resultsIn(output)).toEqual({ acme: "updated", globex: "updated", initech: "failed" });
    expect(exitCode).toBe(1);
    expect(active()).toEqual({ acme: ["cert_01", "cert_02"], globex: ["cert_03"], initech: [] });
  });

  test("updates only what has changed, and succeeds when no organization fails", async () => {
    await declare({ acme: ["cert_02", "cert_04"], globex: ["cert_03"], initech: ["cert_05"] });
    const { exitCode, output } = await run(["--yes"]);
    expect(resultsIn(output)).toEqual({ acme: "updated", globex: "no changes", initech: "updated" });
    expect(exitCode).toBe(0);
    expect(active()).toEqual({ acme: ["cert_02", "cert_04"], globex: ["cert_03"], initech: ["cert_05"] });
  });

  test("fails before it runs any stack when the backend cannot be opened", async () => {
    const { exitCode, output } = await run([], { backend: "file:///no/such/folder" });
    expect(output).toContain("/no/such/folder");
    expect(resultsIn(output)).toEqual({});
    expect(exitCode).toBe(1);
  });

  test("has stacks that the Pulumi CLI destroys", async () => {
    for (const { name, emulator } of members) {
      const env = { OPENAI_BASE_URL: emulator.url, OPENAI_ADMIN_KEY: emulator.adminKey };
      const args = ["destroy", "--yes", "--skip-preview", "--stack", name];
      expect(await stack.run(args, env)).toMatchObject({ exitCode: 0 });
    }
    expect(active()).toEqual({ acme: [], globex: [], initech: [] });
  });
});
