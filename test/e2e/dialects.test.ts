import { issueCa } from "../emulator/certificates/issue";
import { countCalls, DIALECTS, startEmulator } from "../emulator/index";
import type { Dialect, Emulator } from "../emulator/index";
import { findEngine } from "../engine/findEngine";
import { createSandbox } from "../engine/sandbox";
import type { Sandbox } from "../engine/sandbox";
import type { Stack } from "../engine/stack";
import { ids } from "../support/ids";
import { VALID } from "./fixture";
import { pendingUpdates } from "./pendingUpdates";

/** Each dialect is a connection to an emulator that uses it: one program, and one engine run for all. */
const PROGRAM = {
  "index.ts": `
import * as pulumi from "@pulumi/pulumi";
import { Certificate, OrgCertificateActivation, ProjectCertificateActivation } from "pulumi-openai-certificates";

const config = new pulumi.Config();
const certificateIds = config.requireObject<string[]>("ids");
const name = config.require("name");
for (const connection of config.requireObject<string[]>("dialects")) {
  new OrgCertificateActivation(connection, { certificateIds, connection });
  new ProjectCertificateActivation(connection, { certificateIds, connection, projectId: "proj_a" });
  new Certificate(connection, { certificate: config.require("pem"), name, connection });
}
`,
};

const OLD = ids(1, 25);
const NEW = ids(21, 45);

describe("a set of 25 certificates and an upload, in each dialect of the API", () => {
  let sandbox: Sandbox;
  let stack: Stack;
  const emulators = new Map<Dialect, Emulator>();

  beforeAll(async () => {
    sandbox = await createSandbox({ engine: await findEngine() });
    for (const dialect of DIALECTS) {
      const emulator = await startEmulator({ dialect, projects: ["proj_a"] });
      emulator.seed(ids(1, 45).map((id) => ({ id, name: `name of ${id}`, ...VALID })));
      emulators.set(dialect, emulator);
    }
    const settings = [...emulators].flatMap(([dialect, { url }]) => [
      [`${dialect}:baseUrl`, url],
      [`${dialect}:retryTimeoutSeconds`, "0"],
    ]);
    stack = await sandbox.stack({
      keySource: "key server",
      program: PROGRAM,
      config: {
        dialects: JSON.stringify(DIALECTS),
        pem: (await issueCa({ name: "edge" })).pem,
        name: "edge",
        ids: JSON.stringify(OLD),
        ...(Object.fromEntries(settings) as Record<string, string>),
      },
      secrets: Object.fromEntries(
        [...emulators].map(([dialect, { adminKey }]) => [`${dialect}:adminKey`, adminKey]),
      ),
    });
  });
  afterAll(async () => {
    await sandbox.dispose();
    for (const emulator of emulators.values()) await emulator.close();
  });
  beforeEach(() => {
    for (const emulator of emulators.values()) emulator.clearLog();
  });

  /** The observations of each emulator by its dialect. */
  const observed = <T>(look: (emulator: Emulator) => T): Record<string, T> =>
    Object.fromEntries([...emulators].map(([dialect, emulator]) => [dialect, look(emulator)]));

  /** The same value for all emulators. */
  const all = <T>(value: T): Record<string, T> =>
    Object.fromEntries(DIALECTS.map((dialect) => [dialect, value]));

  const active = () => observed((emulator) => [emulator.activeIds(), emulator.activeIds("proj_a")]);

  /** The calls for a number of activated and deactivated chunks. */
  const activationCalls = () =>
    observed(({ log }) => {
      const { activate = 0, deactivate = 0 } = countCalls(log);
      return [activate, deactivate];
    });

  test("is applied", async () => {
    expect(await stack.up()).toMatchObject({ exitCode: 0 });
    expect(active()).toEqual(all([OLD, OLD]));
    expect(activationCalls()).toEqual(all([6, 0]));
  });

  test("needs no call and no change in another update", async () => {
    expect(await stack.up("--expect-no-changes")).toMatchObject({ exitCode: 0 });
    expect(observed(({ log }) => log.length)).toEqual(all(0));
  });

  test("is rotated, and the certificate is renamed", async () => {
    await stack.setConfig({ ids: JSON.stringify(NEW), name: "Edge" });
    expect(await stack.up()).toMatchObject({ exitCode: 0 });
    expect(active()).toEqual(all([NEW, NEW]));
    expect(activationCalls()).toEqual(all([4, 4]));
    expect(observed((emulator) => emulator.certificates.at(-1)?.name)).toEqual(all("Edge"));
  });

  test("is refreshed without a difference", async () => {
    expect(await stack.refresh("--expect-no-changes")).toMatchObject({ exitCode: 0 });
    expect(await pendingUpdates(stack)).toEqual([]);
    expect(active()).toEqual(all([NEW, NEW]));
  });

  test("is destroyed, and no certificate stays active or uploaded", async () => {
    expect(await stack.destroy()).toMatchObject({ exitCode: 0 });
    expect(active()).toEqual(all([[], []]));
    expect(activationCalls()).toEqual(all([0, 6]));
    expect(observed(({ certificates }) => certificates.length)).toEqual(all(45));
  });
});
