import { organization } from "../../provider/index";
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

beforeAll(async () => {
  credentials = await issueCredentials();
});

beforeEach(async () => {
  log = captureLog();
  emulator = await startEnforcing(credentials);
});

afterEach(async () => {
  log.restore();
  await emulator.close();
});

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

  test("only warns of an update that deactivates the accepting certificate: another resource may keep it", async () => {
    seedFleet(emulator, credentials, ["cert_a", "cert_b"], "cert_a");
    emulator.setActive("cert_a", true);
    const olds = { certificateIds: { cert_a: "active" } };
    const { inputs, failures } = await check(["cert_b"], olds);
    expect(failures).toEqual([]);
    expect((await organization.diff("organization", olds, inputs)).changes).toBe(true);
    const warnings = log.lines.filter((line) => line.includes("lock the provider out"));
    expect(warnings).toEqual([expect.stringMatching(/^warning: organization: .*\n.*\(cert_b\)/)]);
    await expect(organization.update("organization", olds, inputs)).rejects.toThrow("No changes were made.");
    expect(countCalls(emulator.log)).toEqual({ list: 1, get: 2 });
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
