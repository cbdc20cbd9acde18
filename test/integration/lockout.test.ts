import { ORGANIZATION } from "../../provider/api/scope";
import { organization } from "../../provider/index";
import { ProgramRun } from "../../provider/run/programRun";
import { sharedRun, startRun } from "../../provider/session/session";
import { forgetMessages } from "../../provider/shared/log";
import { countCalls } from "../emulator/index";
import type { Emulator } from "../emulator/index";
import { captureLog } from "../support/capturedLog";
import type { CapturedLog } from "../support/capturedLog";
import { ids } from "../support/ids";
import { issueCredentials, seedFleet, startEnforcing } from "./ownAccess";
import type { Credentials } from "./ownAccess";

/** Up to 23 contents are read, and verified one by one. */
jest.setTimeout(20_000);

let credentials: Credentials;
let emulator: Emulator;
let log: CapturedLog;
let runs = 0;

beforeAll(async () => {
  credentials = await issueCredentials();
});

beforeEach(async () => {
  startRun();
  forgetMessages();
  log = captureLog();
  emulator = await startEnforcing(credentials);
});

afterEach(async () => {
  log.restore();
  await emulator.close();
});

/** A run whose program declares these lists in the organization. @param lists undefined for one that is not known yet. */
async function startProgram(...lists: readonly (readonly string[] | undefined)[]): Promise<void> {
  runs += 1;
  const engine = `127.0.0.1:${50_000 + runs}`;
  await sharedRun.join(engine);
  const program = new ProgramRun(engine);
  await program.published;
  for (const list of lists) {
    const declare = program.declare()(ORGANIZATION);
    if (list) declare(list);
  }
}

const containing = (text: string): unknown => expect.stringContaining(text);

async function check(certificateIds: readonly string[], olds: Readonly<Record<string, unknown>> = {}) {
  const checked = await organization.check(olds, { certificateIds });
  return { inputs: checked.inputs as Record<string, unknown>, failures: checked.failures };
}

const rejected = () => emulator.log.filter(({ status }) => status === 401);
const chunksOf = (endpoint: string) =>
  emulator.log.filter((call) => call.endpoint === endpoint).map(({ ids = [] }) => ids);

describe.each([12, 23])("a set of %i certificates, of which one accepts the provider", (count) => {
  const managedIds = ids(1, count);
  const calls = Math.ceil(count / 10);

  test.each([managedIds[0], managedIds.at(-1)])("%s, is created", async (trusted = "") => {
    seedFleet(emulator, credentials, managedIds, trusted);
    await organization.create({ certificateIds: managedIds });
    expect(emulator.activeIds()).toEqual(managedIds);
    expect(chunksOf("activate")).toHaveLength(calls);
    expect(chunksOf("activate")[0]).toContain(trusted);
    expect(rejected()).toEqual([]);
  });

  test.each([managedIds[0], managedIds.at(-1)])("%s, is deleted", async (trusted = "") => {
    seedFleet(emulator, credentials, managedIds, trusted);
    for (const id of managedIds) emulator.setActive(id, true);
    const certificateIds = Object.fromEntries(managedIds.map((id) => [id, "active"]));
    await organization.delete("organization", { certificateIds });
    expect(emulator.activeIds()).toEqual([]);
    expect(chunksOf("deactivate")).toHaveLength(calls);
    expect(chunksOf("deactivate").at(-1)).toContain(trusted);
    expect(rejected()).toEqual([]);
  });
});

test("a set of which none accepts the provider is not activated, and each content is read once", async () => {
  const managedIds = ids(1, 3);
  seedFleet(emulator, credentials, managedIds);
  await expect(organization.create({ certificateIds: managedIds })).rejects.toThrow(
    /lock the provider out of the API\.[^]*cert_01, cert_02, cert_03[^]*No changes were made\./,
  );
  expect(countCalls(emulator.log)).toEqual({ list: 1, get: 3 });
});

describe("a preview", () => {
  test("fails when the provider would definitely be locked out", async () => {
    await startProgram(["cert_a", "cert_b"]);
    seedFleet(emulator, credentials, ["cert_a", "cert_b"]);
    const { failures } = await check(["cert_a", "cert_b"]);
    expect(failures).toEqual([
      { property: "certificateIds", reason: containing("lock the provider out of the API") },
    ]);
    expect(countCalls(emulator.log)).toEqual({ list: 1, get: 2 });
  });

  test("usually reads one content, which the following update does not read again", async () => {
    seedFleet(emulator, credentials, ["cert_a", "cert_b"], "cert_a");
    const { inputs, failures } = await check(["cert_a", "cert_b"]);
    expect(failures).toEqual([]);
    await organization.create(inputs);
    expect(countCalls(emulator.log)).toEqual({ list: 1, get: 1, activate: 1 });
  });

  test("fails when the accepting certificate is deactivated and the program keeps none that accepts", async () => {
    await startProgram(["cert_b"]);
    seedFleet(emulator, credentials, ["cert_a", "cert_b"], "cert_a");
    emulator.setActive("cert_a", true);
    const olds = { certificateIds: { cert_a: "active" } };
    const { inputs, failures } = await check(["cert_b"], olds);
    expect(failures).toEqual([]);
    await expect(organization.diff("organization", olds, inputs)).rejects.toThrow(
      /lock the provider out of the API\.[^]*\(cert_b\)/,
    );
    expect(log.lines.filter((line) => line.includes("lock the provider out"))).toEqual([]);
  });

  test.each([
    ["keeps the accepting certificate", ["cert_a", "cert_b"]],
    ["activates another one that accepts", ["cert_b", "cert_c"]],
  ])("does not fail when a resource that was not checked yet %s", async (_, declared) => {
    await startProgram(declared);
    seedFleet(emulator, credentials, ["cert_b"]);
    emulator.seed(["cert_a", "cert_c"].map((id) => ({ id, pem: credentials.ca.pem })));
    emulator.setActive("cert_a", true);
    const olds = { certificateIds: { cert_a: "active" } };
    const { inputs } = await check(["cert_b"], olds);
    expect((await organization.diff("organization", olds, inputs)).changes).toBe(true);
  });

  test("only warns where the ids of another resource are not known yet", async () => {
    await startProgram(["cert_b"], undefined);
    seedFleet(emulator, credentials, ["cert_a", "cert_b"], "cert_a");
    emulator.setActive("cert_a", true);
    const olds = { certificateIds: { cert_a: "active" } };
    const { inputs } = await check(["cert_b"], olds);
    expect((await organization.diff("organization", olds, inputs)).changes).toBe(true);
    expect(log.lines).toContainEqual(containing("warning: organization: this would lock the provider out"));
  });

  test("only warns of an update that deactivates the accepting certificate where the program is not known", async () => {
    seedFleet(emulator, credentials, ["cert_a", "cert_b"], "cert_a");
    emulator.setActive("cert_a", true);
    const olds = { certificateIds: { cert_a: "active" } };
    const { inputs, failures } = await check(["cert_b"], olds);
    expect(failures).toEqual([]);
    expect((await organization.diff("organization", olds, inputs)).changes).toBe(true);
    const warnings = log.lines.filter((line) => line.includes("lock the provider out"));
    expect(warnings).toEqual([expect.stringMatching(/^warning: organization: .*\n.*\(cert_b\)/)]);
    await expect(organization.update("organization", olds, inputs)).rejects.toThrow("No changes were made.");
    expect(countCalls(emulator.log)).toEqual({ list: 1, get: 1 });
  });

  test("warns of a new exclusive set that deactivates the accepting certificate", async () => {
    seedFleet(emulator, credentials, ["cert_a", "cert_z"], "cert_a");
    emulator.setActive("cert_a", true);
    const { failures } = await organization.check({}, { certificateIds: ["cert_z"], exclusive: true });
    expect(failures).toEqual([]);
    expect(log.lines).toContainEqual(containing("warning: organization: this would lock the provider out"));
  });

  test("continues with one message when contents cannot be read", async () => {
    seedFleet(emulator, credentials, ["cert_a"]);
    emulator.faults.add({ endpoint: "get", kind: "status", status: 403 });
    expect((await check(["cert_a"])).failures).toEqual([]);
    expect(log.lines.filter((line) => line.includes("was not verified"))).toHaveLength(1);
  });

  test("does not read contents while those requests are rate limited", async () => {
    seedFleet(emulator, credentials, ["cert_a", "cert_b"]);
    emulator.faults.add({ endpoint: "get", kind: "status", status: 429, times: Infinity });
    await check(["cert_a"]);
    await check(["cert_b"]);
    expect(countCalls(emulator.log)).toEqual({ list: 1, get: 1 });
  });

  test("reads nothing when the only call ends enforcement", async () => {
    seedFleet(emulator, credentials, ["cert_a"], "cert_a");
    emulator.setActive("cert_a", true);
    const olds = { certificateIds: { cert_a: "active" } };
    await organization.diff("organization", olds, { certificateIds: [] });
    expect(countCalls(emulator.log)).toEqual({ list: 1 });
    expect(log.lines[0]).toContain("; 2 API calls");
  });
});
