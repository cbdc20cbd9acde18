import { changeActivation, listCertificates } from "../../provider/api/certificates";
import { ORGANIZATION } from "../../provider/api/scope";
import { activationResource } from "../../provider/resource/activationResource";
import { configureSession, startRun } from "../../provider/session/session";
import { cancelOperations } from "../../provider/shared/cancellation";
import { countCalls, startEmulator } from "../emulator/index";
import type { Emulator } from "../emulator/index";
import { captureLog } from "../support/capturedLog";
import type { CapturedLog } from "../support/capturedLog";
import { clientOf, requestContext } from "./connected";

/** Longer than a test may take. */
const AN_HOUR_SECONDS = 3_600;

let emulator: Emulator;
let log: CapturedLog;
let onWait = (): void => undefined;

beforeEach(() => {
  onWait = () => undefined;
  log = captureLog((line) => {
    if (line.includes("next attempt in")) onWait();
  });
  startRun();
});

afterEach(async () => {
  log.restore();
  jest.restoreAllMocks();
  await emulator.close();
});

/** A request context whose first wait is canceled. */
function canceledAtFirstWait() {
  const controller = new AbortController();
  const onWait = () => {
    controller.abort();
  };
  return { ...requestContext(AN_HOUR_SECONDS), onWait, signal: controller.signal };
}

describe("a canceled request", () => {
  test("that waits because of the rate limit ends at once, and is not sent again", async () => {
    emulator = await startEmulator({
      throttle: { requests: 0, windowSeconds: AN_HOUR_SECONDS, retryAfter: "seconds" },
    });
    const client = clientOf(emulator);
    await expect(listCertificates(client, ORGANIZATION, canceledAtFirstWait())).rejects.toThrow(/HTTP 429/);
    expect(emulator.log).toHaveLength(1);
  });

  test("that waits to be retried ends at once, and reports that the API may have acted", async () => {
    jest.spyOn(Math, "random").mockReturnValue(1);
    emulator = await startEmulator();
    emulator.seed([{ id: "cert_01" }]);
    emulator.faults.add({ endpoint: "activate", times: Infinity, kind: "status", status: 500 });
    const activation = changeActivation(
      clientOf(emulator),
      ORGANIZATION,
      "activate",
      ["cert_01"],
      canceledAtFirstWait(),
    );
    await expect(activation).rejects.toMatchObject({ failure: { status: 500, mayHaveActed: true } });
    expect(emulator.log).toHaveLength(1);
  });

  test("that waits behind others for the rate limit is not sent", async () => {
    emulator = await startEmulator({
      throttle: { requests: 0, windowSeconds: AN_HOUR_SECONDS, retryAfter: "seconds" },
    });
    const client = clientOf(emulator);
    const context = canceledAtFirstWait();
    await expect(listCertificates(client, ORGANIZATION, context)).rejects.toThrow();
    await expect(listCertificates(client, ORGANIZATION, context)).rejects.toThrow(
      /request not sent: the update was canceled/,
    );
    expect(emulator.log).toHaveLength(1);
  });
});

describe("a canceled operation", () => {
  const activation = activationResource("organization");
  const inputs = (count: number) => ({
    certificateIds: Array.from({ length: count }, (_, index) => `cert_${10 + index}`),
  });
  async function connect(): Promise<void> {
    emulator.seed(inputs(30).certificateIds.map((id) => ({ id })));
    const settings = new Map([
      ["openai-certificates:baseUrl", emulator.url],
      ["openai-certificates:adminKey", emulator.adminKey],
      ["openai-certificates:retryTimeoutSeconds", String(AN_HOUR_SECONDS)],
    ]);
    configureSession((key) => settings.get(key));
  }

  test("returns what is real, and continues with the next one", async () => {
    emulator = await startEmulator({
      throttle: { requests: 2, windowSeconds: 1_000, retryAfter: "seconds" },
    });
    await connect();
    onWait = cancelOperations;
    const { outputs, problems } = await activation.create(inputs(30));
    expect(Object.keys(outputs["certificateIds"] ?? {})).toEqual(inputs(20).certificateIds);
    expect(problems?.join("\n")).toContain("not active yet (10)");
    expect(emulator.activeIds()).toEqual(inputs(20).certificateIds);
  });

  test("that has not begun makes no request", async () => {
    emulator = await startEmulator();
    await connect();
    cancelOperations();
    await expect(activation.create(inputs(1))).rejects.toThrow("the update was canceled");
    expect(countCalls(emulator.log)).toEqual({});
  });
});
