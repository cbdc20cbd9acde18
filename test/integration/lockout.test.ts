import { organization } from "../../provider/index";
import { countCalls, type Emulator } from "../emulator/index";
import { type Credentials, mintCredentials, numbered, seedFleet, startEnforcing } from "./ownAccess";

/** Up to 23 contents are read, and judged one by one. */
jest.setTimeout(20_000);

let credentials: Credentials;
let emulator: Emulator;
let printed: string[];

beforeAll(async () => {
  credentials = await mintCredentials();
});

beforeEach(async () => {
  printed = [];
  jest.spyOn(console, "log").mockImplementation((text: string) => void printed.push(text));
  emulator = await startEnforcing(credentials);
});

afterEach(async () => {
  jest.restoreAllMocks();
  await emulator.close();
});

const containing = (text: string): unknown => expect.stringContaining(text);

async function check(certificateIds: readonly string[], olds: Readonly<Record<string, unknown>> = {}) {
  const checked = await organization.check(olds, { certificateIds });
  return { inputs: checked.inputs as Record<string, unknown>, failures: checked.failures };
}

const refused = () => emulator.log.filter(({ status }) => status === 401);
const chunksOf = (endpoint: string) =>
  emulator.log.filter((call) => call.endpoint === endpoint).map(({ ids = [] }) => ids);

describe.each([12, 23])("a set of %i certificates, of which one accepts the provider", (count) => {
  const ids = numbered(count);
  const calls = Math.ceil(count / 10);

  test.each([ids[0], ids.at(-1)])("%s, is created", async (accepting = "") => {
    seedFleet(emulator, credentials, ids, accepting);
    await organization.create({ certificateIds: ids });
    expect(emulator.activeIds()).toEqual(ids);
    expect(chunksOf("activate")).toHaveLength(calls);
    expect(chunksOf("activate")[0]).toContain(accepting);
    expect(refused()).toEqual([]);
  });

  test.each([ids[0], ids.at(-1)])("%s, is deleted", async (accepting = "") => {
    seedFleet(emulator, credentials, ids, accepting);
    for (const id of ids) emulator.setActive(id, true);
    const certificateIds = Object.fromEntries(ids.map((id) => [id, "active"]));
    await organization.delete("organization", { certificateIds });
    expect(emulator.activeIds()).toEqual([]);
    expect(chunksOf("deactivate")).toHaveLength(calls);
    expect(chunksOf("deactivate").at(-1)).toContain(accepting);
    expect(refused()).toEqual([]);
  });
});

test("a set of which none accepts the provider is not activated, and each content is read once", async () => {
  const ids = numbered(3);
  seedFleet(emulator, credentials, ids);
  await expect(organization.create({ certificateIds: ids })).rejects.toThrow(
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

  test("reads one content as a rule, which the update that follows does not read again", async () => {
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
    const warnings = printed.filter((line) => line.includes("lock the provider out"));
    expect(warnings).toEqual([expect.stringMatching(/^warning: organization: .*\n.*\(cert_b\)/)]);
    await expect(organization.update("organization", olds, inputs)).rejects.toThrow("No changes were made.");
    expect(countCalls(emulator.log)).toEqual({ list: 1, get: 2 });
  });

  test("warns of a new exclusive set that deactivates the accepting certificate", async () => {
    seedFleet(emulator, credentials, ["cert_a", "cert_z"], "cert_a");
    emulator.setActive("cert_a", true);
    const { failures } = await organization.check({}, { certificateIds: ["cert_z"], exclusive: true });
    expect(failures).toEqual([]);
    expect(printed).toContainEqual(containing("warning: organization: this would lock the provider out"));
  });

  test("continues with one line when contents cannot be read", async () => {
    seedFleet(emulator, credentials, ["cert_a"]);
    emulator.faults.add({ endpoint: "get", kind: "status", status: 403 });
    expect((await check(["cert_a"])).failures).toEqual([]);
    expect(printed.filter((line) => line.includes("was not verified"))).toHaveLength(1);
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
    expect(printed[0]).toContain("; 2 API calls");
  });
});
