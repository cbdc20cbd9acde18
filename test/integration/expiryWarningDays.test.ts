import { organization } from "../../provider/index";
import { UNKNOWN } from "../../provider/resource/resource";
import { startRun } from "../../provider/session/session";
import { countCalls, startEmulator } from "../emulator/index";
import type { Emulator } from "../emulator/index";
import { captureLog } from "../support/capturedLog";
import type { CapturedLog } from "../support/capturedLog";

const DAY = 86_400;
const NOW = Math.floor(Date.now() / 1000);

let emulator: Emulator;
let log: CapturedLog;
let state: Readonly<Record<string, unknown>>;
/** The name of the certificate, different in each test: the provider prints a message only once. */
let name: string;
let tests = 0;

beforeEach(async () => {
  tests += 1;
  name = `Gateway ${tests}`;
  log = captureLog();
  emulator = await startEmulator();
  emulator.seed([
    { id: "cert_a", name, validAt: NOW - DAY, expiresAt: NOW + 365.2 * DAY, active: true },
    { id: "cert_b", name: "Batch", validAt: NOW - DAY, expiresAt: NOW + 900.2 * DAY, active: true },
  ]);
  const settings: Record<string, string> = {
    "openai-certificates:baseUrl": emulator.url,
    "openai-certificates:adminKey": emulator.adminKey,
    "openai-certificates:retryTimeoutSeconds": "0",
  };
  await organization.configure({ config: { get: (key: string) => settings[key] } as never });
  ({ outs: state } = (await organization.create(inputs(30))) as { outs: typeof state });
  startRun();
  log.clear();
  emulator.clearLog();
});

afterEach(async () => {
  log.restore();
  await emulator.close();
});

function inputs(expiryWarningDays: number | string, more: object = {}) {
  return {
    certificateIds: { cert_a: "active" },
    exclusive: false,
    enforcementChange: "warn",
    expiryWarningDays,
    ...more,
  };
}

/** The warning about the certificate. */
const warned = (): unknown => [
  expect.stringMatching(
    new RegExp(`^warning: organization: cert_a "${name}" expires \\S+ \\(in 365 days\\)$`),
  ),
];

describe("expiryWarningDays changed alone", () => {
  test("is a change, and the preview warns by the new number without an API call", async () => {
    await organization.check(inputs(30), inputs(400));
    expect(await organization.diff("organization", state, inputs(400))).toMatchObject({ changes: true });
    expect(log.lines).toEqual(warned());
    expect(emulator.log).toEqual([]);
  });

  test("is stored without an API call, and without another change of the state", async () => {
    expect(await organization.update("organization", state, inputs(401))).toEqual({
      outs: { ...state, expiryWarningDays: 401 },
    });
    expect(log.lines).toEqual(warned());
    expect(emulator.log).toEqual([]);
  });

  test("stops the warning when it is lowered", async () => {
    const before = { ...state, expiryWarningDays: 402 };
    expect(await organization.diff("organization", before, inputs(5))).toMatchObject({ changes: true });
    expect(log.lines).toEqual([]);
  });

  test("is no change once the state has it", async () => {
    const { outs } = (await organization.update("organization", state, inputs(403))) as {
      outs: typeof state;
    };
    expect(await organization.diff("organization", outs, inputs(403))).toMatchObject({ changes: false });
  });

  test("is a change that is previewed by the old number while the new one is unknown", async () => {
    const { changes } = await organization.diff("organization", state, inputs(UNKNOWN));
    expect([changes, log.lines]).toEqual([true, []]);
  });
});

describe("expiryWarningDays changed together with", () => {
  test("the ids is stored by an update that lists as usual", async () => {
    const more = { certificateIds: { cert_a: "active", cert_b: "active" } };
    expect(await organization.update("organization", state, inputs(404, more))).toMatchObject({
      outs: { expiryWarningDays: 404, certificateIds: more.certificateIds },
    });
    expect(countCalls(emulator.log).list).toBeGreaterThan(0);
  });

  test.each([{ exclusive: true }, { enforcementChange: "refuse" }])(
    "%j is stored by an update that lists as usual",
    async (more) => {
      expect(await organization.update("organization", state, inputs(405, more))).toMatchObject({
        outs: { expiryWarningDays: 405, ...more },
      });
      expect(countCalls(emulator.log).list).toBeGreaterThan(0);
    },
  );
});

test.each([{ exclusive: true }, { enforcementChange: "refuse" }])(
  "%j changed alone is a change that lists in the preview",
  async (more) => {
    await organization.check(inputs(30), inputs(30, more));
    expect(await organization.diff("organization", state, inputs(30, more))).toMatchObject({ changes: true });
    expect(countCalls(emulator.log).list).toBeGreaterThan(0);
  },
);

test("a certificate that was deactivated outside Pulumi is repaired although expiryWarningDays changes, too", async () => {
  const drifted = { ...state, certificateIds: {}, certificates: {} };
  emulator.setActive("cert_a", false);
  await organization.update("organization", drifted, inputs(406));
  expect(emulator.activeIds()).toContain("cert_a");
});

test("a warning about a certificate of another connection begins with the connection's name", async () => {
  const acme = { connection: "acme" };
  await organization.diff("organization", { ...state, ...acme }, inputs(400, acme));
  expect(log.lines).toEqual([
    expect.stringContaining(`warning: acme: organization: cert_a "${name}" expires`),
  ]);
});
