import { SecretScanner } from "./canary";
import { type Scenario, runScenario } from "./scenario";
import { FAULT_CASES } from "./faultCases";
import { OPERATIONS } from "./operations";
import { type Credentials, newCredentials } from "./fixture";
import { runUploadScenario, UPLOAD_OPERATIONS } from "./uploadScenario";

/** Their waits are seconds: `npm run test:faults` plays them, too. */
const SLOW = ["429", "silence", "dripping"];

/** A call in the middle of each operation, for every faultCase that needs no wait. */
const CELLS = OPERATIONS.flatMap((operation) => {
  const position = Math.floor(operation.calls.length / 2);
  const endpoint = operation.calls[position] ?? "list";
  const mishaps = FAULT_CASES.filter(
    (faultCase) => faultCase.appliesTo(endpoint) && !SLOW.some((slow) => faultCase.name.startsWith(slow)),
  );
  return mishaps.flatMap((faultCase) =>
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

let cast: Credentials;
let canary: SecretScanner;
const printed: string[] = [];

beforeAll(async () => {
  cast = await newCredentials();
  canary = new SecretScanner([cast.adminKey, cast.client.keyPem]);
});

beforeEach(() => {
  jest.spyOn(Math, "random").mockReturnValue(0.01);
  jest.spyOn(console, "log").mockImplementation((text: unknown) => {
    printed.push(String(text));
    canary.scan("what was printed", text);
  });
});

afterEach(() => {
  jest.restoreAllMocks();
});

describe.each(OPERATIONS)("after each faultCase in the middle of a $name", (operation) => {
  const cells = CELLS.filter((cell) => cell.operation === operation);

  test.each(cells)("the state is true, and is repaired: $faultCase.name, lasting: $lasting", async (cell) => {
    expect((await runScenario(cell, cast, canary)).wrong).toEqual([]);
  });
});

describe.each(UPLOAD_OPERATIONS.filter(({ calls }) => calls.includes("upload")))("an $name", (upload) => {
  const mishaps = FAULT_CASES.filter(({ name }) => !SLOW.some((slow) => name.startsWith(slow)));
  const cells = mishaps.flatMap((faultCase) => [0, 1].map((position) => ({ faultCase, position })));

  test.each(cells)(
    "is made once, or reported by the next, after $faultCase.name at call $position",
    async ({ faultCase, position }) => {
      const cell = { operation: upload, faultCase, position, lasting: true };
      expect(await runUploadScenario(cell, cast, canary, printed)).toEqual([]);
    },
  );
});

test("no secret is in anything that was thrown, stored or printed", () => {
  expect(canary.bytes).toBeGreaterThan(100_000);
  expect(canary.found).toEqual([]);
});

test("a secret that is there would be found, raw or encoded", () => {
  const finder = new SecretScanner(["a secret/with=signs"]);
  finder.scan("raw", new Error("leads to a secret/with=signs"));
  finder.scan("encoded", { url: `x?key=${encodeURIComponent("a secret/with=signs")}` });
  finder.scan("base64", [Buffer.from("a secret/with=signs").toString("base64")]);
  finder.scan("nothing", "nothing");
  expect(finder.found).toEqual(["raw", "encoded", "base64"]);
});
