import { captureLog } from "../../support/capturedLog";
import type { CapturedLog } from "../../support/capturedLog";
import { SecretScanner } from "../../support/secretScanner";
import { FAULT_CASES } from "./faultCases";
import { newCredentials } from "./fixture";
import type { Credentials } from "./fixture";
import { OPERATIONS } from "./operations";
import { runScenario } from "./scenario";
import type { Scenario } from "./scenario";
import { runUploadScenario, UPLOAD_OPERATIONS } from "./uploadScenario";

/** These wait for seconds: only `npm run test:faults` injects them. */
const SLOW = ["429", "silence", "dripping"];

/** A call in the middle of each operation, for each fault that needs no wait. */
const SCENARIOS = OPERATIONS.flatMap((operation) => {
  const position = Math.floor(operation.calls.length / 2);
  const endpoint = operation.calls[position] ?? "list";
  const faultCases = FAULT_CASES.filter(
    (faultCase) => faultCase.appliesTo(endpoint) && !SLOW.some((slow) => faultCase.name.startsWith(slow)),
  );
  return faultCases.flatMap((faultCase) =>
    [true, false].map((lasting): Scenario => ({
      scope: lasting ? "organization" : "project",
      operation,
      position,
      faultCase,
      lasting,
      next: lasting ? "up" : "refresh, up",
    })),
  );
});

let credentials: Credentials;
let scanner: SecretScanner;
let log: CapturedLog;
/** The lines of all scenarios. */
const printed: string[] = [];

beforeAll(async () => {
  credentials = await newCredentials();
  scanner = new SecretScanner([credentials.adminKey, credentials.client.keyPem]);
});

beforeEach(() => {
  jest.spyOn(Math, "random").mockReturnValue(0.01);
  log = captureLog((line) => {
    printed.push(line);
    scanner.scan("printed output", line);
  });
});

afterEach(() => {
  log.restore();
  jest.restoreAllMocks();
});

describe.each(OPERATIONS)("after a fault in the middle of a $name", (operation) => {
  const scenarios = SCENARIOS.filter((scenario) => scenario.operation === operation);

  test.each(scenarios)(
    "the state is correct, and the next attempt repairs it: $faultCase.name, lasting: $lasting",
    async (scenario) => {
      expect((await runScenario(scenario, credentials, scanner)).wrong).toEqual([]);
    },
  );
});

describe.each(UPLOAD_OPERATIONS.filter(({ calls }) => calls.includes("upload")))("an $name", (upload) => {
  const faultCases = FAULT_CASES.filter(({ name }) => !SLOW.some((slow) => name.startsWith(slow)));
  const scenarios = faultCases.flatMap((faultCase) => [0, 1].map((position) => ({ faultCase, position })));

  test.each(scenarios)(
    "is made once, or the next attempt reports it, after $faultCase.name in call $position",
    async ({ faultCase, position }) => {
      const scenario = { operation: upload, faultCase, position, lasting: true };
      expect(await runUploadScenario(scenario, credentials, scanner, printed)).toEqual([]);
    },
  );
});

test("no error, state or message contains a secret", () => {
  expect(scanner.bytes).toBeGreaterThan(100_000);
  expect(scanner.found).toEqual([]);
});

test("the scanner finds a secret, raw or encoded", () => {
  const scanner = new SecretScanner(["a secret/with=signs"]);
  scanner.scan("raw", new Error("leads to a secret/with=signs"));
  scanner.scan("encoded", { url: `x?key=${encodeURIComponent("a secret/with=signs")}` });
  scanner.scan("base64", [Buffer.from("a secret/with=signs").toString("base64")]);
  scanner.scan("harmless", "harmless");
  expect(scanner.found).toEqual(["raw", "encoded", "base64"]);
});
