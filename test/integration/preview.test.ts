import { organization } from "../../provider/index";
import { UNKNOWN } from "../../provider/resource/resource";
import { countCalls, startEmulator } from "../emulator/index";
import type { Emulator } from "../emulator/index";

const DAY = 86_400;
const NOW = Math.floor(Date.now() / 1000);

let emulator: Emulator;
let printed: string[];

beforeEach(async () => {
  printed = [];
  jest.spyOn(console, "log").mockImplementation((text: string) => void printed.push(text));
  emulator = await startEmulator();
  emulator.seed([
    { id: "cert_a", name: "Gateway", validAt: NOW - DAY, expiresAt: NOW + 400 * DAY },
    { id: "cert_b", name: "Batch", validAt: NOW - DAY, expiresAt: NOW + 400 * DAY, active: true },
    { id: "cert_gone", validAt: NOW - 9 * DAY, expiresAt: NOW - DAY },
    { id: "cert_ending", validAt: NOW - 9 * DAY, expiresAt: NOW + DAY / 2 },
    { id: "cert_early", name: "Early", validAt: NOW + 9 * DAY, expiresAt: NOW + 400 * DAY },
  ]);
  await configure();
});

afterEach(async () => {
  jest.restoreAllMocks();
  await emulator.close();
});

/** What a text contains, for matchers, which are of any type. */
const containing = (text: string): unknown => expect.stringContaining(text);

/** Each test has an emulator of its own. */
function configure(more: Readonly<Record<string, string>> = {}): Promise<void> {
  const settings: Record<string, string> = {
    "openai-certificates:baseUrl": emulator.url,
    "openai-certificates:adminKey": emulator.adminKey,
    "openai-certificates:retryTimeoutSeconds": "0",
    ...more,
  };
  return organization.configure({ config: { get: (key: string) => settings[key] } as never });
}

async function check(certificateIds: readonly string[], olds: Readonly<Record<string, unknown>> = {}) {
  const checked = await organization.check(olds, { certificateIds });
  return { inputs: checked.inputs as Record<string, unknown>, failures: checked.failures };
}

describe("the check of changed arguments", () => {
  test("fails for each id that cannot be activated, with its reason and its place in the program", async () => {
    const { failures } = await check(["cert_a", "cert_absent", "cert_gone", "cert_ending"]);
    expect(failures).toMatchObject([
      { property: "", reason: containing("certificateIds[1]: cert_absent not found") },
      { property: "", reason: containing("certificateIds[3]: cert_ending expires at") },
      { property: "", reason: containing("certificateIds[2]: cert_gone expired at") },
    ]);
    expect(countCalls(emulator.log)).toEqual({ list: 1 });
  });

  test("summarizes the update of a new resource, and shares its list with it", async () => {
    const { inputs } = await check(["cert_a", "cert_b"]);
    expect(printed).toHaveLength(1);
    expect(printed[0]).toContain(
      "organization: 1 to activate, 1 already active; mTLS stays enforced; 2 API calls",
    );
    expect(printed[0]).toContain('+ cert_a "Gateway"');
    await organization.create(inputs);
    expect(countCalls(emulator.log)).toEqual({ list: 1, activate: 1 });
  });

  test("warns of a certificate that is not valid yet", async () => {
    await check(["cert_early"]);
    expect(printed[1]).toContain('warning: organization: cert_early "Early" is not valid before');
  });

  test("looks at the known ids when others are known only after the upload", async () => {
    const { failures } = await check([UNKNOWN, "cert_absent"]);
    expect(failures).toMatchObject([{ reason: containing("certificateIds[1]: cert_absent") }]);
    await check([UNKNOWN, "cert_a"]);
    expect(printed[0]).toContain(
      "1 to activate whose id is not known until the update, 1 to activate, 1 unmanaged",
    );
    expect(printed[0]).toContain("at least 2 API calls");
  });

  test("looks again for an id that may have been uploaded since the last list", async () => {
    await check(["cert_a"]);
    emulator.seed([{ id: "cert_new", expiresAt: NOW + 400 * DAY }]);
    expect((await check(["cert_new"])).failures).toEqual([]);
    expect(countCalls(emulator.log)).toEqual({ list: 2 });
  });

  test('refuses a change of enforcement when enforcementChange is "refuse"', async () => {
    emulator.setActive("cert_b", false);
    const { failures } = await organization.check(
      {},
      { certificateIds: ["cert_a"], enforcementChange: "refuse" },
    );
    expect(failures).toMatchObject([
      { property: "enforcementChange", reason: containing("mTLS will be enforced") },
    ]);
  });
});

describe("the check continues without a call", () => {
  test("when the arguments are those of before", async () => {
    const { inputs } = await check(["cert_a"]);
    emulator.clearLog();
    await check(["cert_a", "cert_a"], inputs);
    expect(emulator.log).toEqual([]);
  });

  test("when previews are not to look", async () => {
    await configure({ "openai-certificates:verifyInPreview": "false" });
    expect((await check(["cert_absent"])).failures).toEqual([]);
    expect(emulator.log).toEqual([]);
    expect(printed).toEqual([]);
  });

  test("when there is no key, and logs one line", async () => {
    await configure({ "openai-certificates:adminKey": "" });
    expect((await check(["cert_absent"])).failures).toEqual([]);
    expect((await check(["cert_absent", "cert_b"])).failures).toEqual([]);
    expect(printed).toEqual([containing("certificateIds not verified: no admin key")]);
  });

  test("when another connection has no key, and its warning begins with the name of the connection", async () => {
    await organization.check({}, { certificateIds: ["cert_a"], connection: "acme" });
    expect(printed).toEqual([containing("warning: acme: certificateIds not verified: no admin key")]);
  });
});

describe("the check continues when the list fails", () => {
  test("without a connection, and logs one line", async () => {
    await emulator.refuseConnections();
    expect((await check(["cert_absent"])).failures).toEqual([]);
    expect(printed).toEqual([
      expect.stringMatching(/not verified: GET \/organization\/certificates: no response/),
    ]);
  });

  test("because of the rate limit, and sends no request while it lasts", async () => {
    emulator.faults.add({ endpoint: "list", kind: "status", status: 429, times: Infinity });
    await check(["cert_a"]);
    await check(["cert_b"]);
    expect(countCalls(emulator.log)).toEqual({ list: 1 });
    expect(printed).toHaveLength(2);
  });
});

test("the preview of an update lists what changes from the state, unmanaged certificates included", async () => {
  emulator.setActive("cert_a", true);
  const olds = { certificateIds: { cert_a: "active" }, certificates: {} };
  const { changes } = await organization.diff("organization", olds, {
    certificateIds: { cert_early: "active" },
    exclusive: true,
  });
  expect(changes).toBe(true);
  expect(printed[0]).toContain("1 to activate, 2 to deactivate; mTLS stays enforced; 4 API calls");
  expect(printed[0]).toMatch(/- cert_b .*deactivated because exclusive is set/);
  expect(printed[0]).not.toMatch(/- cert_a .*exclusive/);
});

test("an unchanged set costs no call, and is warned about from the state", async () => {
  const state = {
    certificateIds: { cert_s: "active" },
    certificates: {
      cert_s: {
        name: "Short",
        active: true,
        createdAt: 1,
        certificateDetails: { expiresAt: NOW + 9.2 * DAY },
      },
    },
  };
  const { changes } = await organization.diff("organization", state, { certificateIds: ["cert_s"] });
  expect(changes).toBe(false);
  expect(printed).toEqual([
    expect.stringMatching(/^warning: organization: cert_s "Short" expires .* \(in 9 days\)$/),
  ]);
  expect(emulator.log).toEqual([]);
});

test("a refresh reports certificates that became active outside the resource, once, and not at the first refresh", async () => {
  const stored = {
    certificateIds: { cert_a: "active" },
    unmanagedActiveCertificateIds: { cert_b: "active" },
  };
  emulator.setActive("cert_early", true);
  await organization.read("organization", stored);
  await organization.read("organization", stored);
  await organization.read("organization", {});
  expect(printed).toEqual([containing("activated outside this resource: cert_early.")]);
});
