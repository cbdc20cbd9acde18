import type { Properties } from "../../provider/dynamic/protocol";
import { certificate, organization } from "../../provider/index";
import { startRun } from "../../provider/session/session";
import { countCalls, startEmulator } from "../emulator/index";
import type { Emulator } from "../emulator/index";
import { captureLog } from "../support/capturedLog";
import type { CapturedLog } from "../support/capturedLog";

/** What the plugin stores: lists, and neither a connection nor the text of a provider. */
const LISTED = {
  certificateIds: ["cert_a"],
  unverifiedCertificateIds: ["cert_b"],
  unmanagedActiveCertificateIds: [],
  certificates: {},
  exclusive: false,
  enforcementChange: "warn",
  expiryWarningDays: 30,
};
const VERIFIED = { ...LISTED, certificateIds: ["cert_a", "cert_b"], unverifiedCertificateIds: [] };
const news = (...certificateIds: readonly string[]) => ({ certificateIds, __provider: "text" });

let emulator: Emulator;
let log: CapturedLog;
beforeEach(async () => {
  startRun();
  log = captureLog();
  emulator = await startEmulator();
  emulator.seed(["cert_a", "cert_b", "cert_c"].map((id) => ({ id, active: true })));
  const settings = new Map([
    ["acme:baseUrl", emulator.url],
    ["acme:adminKey", emulator.adminKey],
    ["openai-certificates:baseUrl", emulator.url],
    ["openai-certificates:adminKey", emulator.adminKey],
  ]);
  await organization.configure({ config: { get: (key: string) => settings.get(key) } as never });
});
afterEach(async () => {
  log.restore();
  await emulator.close();
});

/** Checks, compares and updates, as the engine does. The SDK passes the provider's text on from check to the others. */
async function update(olds: Properties, given: Properties) {
  const checked = await organization.check(olds, given);
  const inputs = { ...(checked.inputs as Properties), __provider: given["__provider"] };
  const diff = await organization.diff("organization", olds, inputs);
  const updated = await organization.update("organization", olds, inputs);
  return { diff, outs: updated.outs as Properties };
}

describe("a dynamic resource that takes over a state of the plugin", () => {
  test("rewrites the state with one list, even if nothing else changes", async () => {
    const { diff, outs } = await update(VERIFIED, news("cert_a", "cert_b"));
    expect(diff).toEqual({ changes: true });
    expect(outs).toMatchObject({
      certificateIds: { cert_a: "active", cert_b: "active" },
      unmanagedActiveCertificateIds: { cert_c: "active" },
    });
    expect(countCalls(emulator.log)).toEqual({ list: 1 });
  });

  test("deactivates an unverified id that the program no longer declares", async () => {
    await update(LISTED, news("cert_a"));
    expect(emulator.activeIds()).toEqual(["cert_a", "cert_c"]);
  });

  test("is not replaced by its connection, which the state of the plugin does not have", async () => {
    const { diff, outs } = await update(VERIFIED, { ...news("cert_a", "cert_b"), connection: "acme" });
    expect(diff).toEqual({ changes: true });
    expect(outs).toMatchObject({ connection: "acme" });
  });

  test("keeps an uploaded certificate without a call", async () => {
    const olds = { certificate: "PEM", name: "gateway" };
    const given = { ...olds, __provider: "text" };
    expect(await certificate.diff("cert_a", olds, given)).toEqual({ changes: true });
    expect(emulator.log).toEqual([]);
  });
});
