import { Canary } from "../faults/canary";
import { type Cell, play } from "../faults/cell";
import { MISHAPS } from "../faults/mishaps";
import { OPERATIONS } from "../faults/operations";
import { type Cast, newCast } from "../faults/stage";
import { playUpload, UPLOAD_OPERATIONS } from "../faults/uploadCell";

/** Their waits are seconds: `npm run test:faults` plays them, too. */
const SLOW = ["429", "silence", "dripping"];

/** A call in the middle of each operation, for every mishap that needs no wait. */
const CELLS = OPERATIONS.flatMap((operation) => {
  const position = Math.floor(operation.calls.length / 2);
  const endpoint = operation.calls[position] ?? "list";
  const mishaps = MISHAPS.filter(
    (mishap) => mishap.befalls(endpoint) && !SLOW.some((slow) => mishap.name.startsWith(slow)),
  );
  return mishaps.flatMap((mishap) =>
    [true, false].map((lasting): Cell => ({
      place: lasting ? "organization" : "project",
      operation,
      position,
      mishap,
      lasting,
      next: lasting ? "up" : "refresh, up",
    })),
  );
});

let cast: Cast;
let canary: Canary;
const printed: string[] = [];

beforeAll(async () => {
  cast = await newCast();
  canary = new Canary([cast.adminKey, cast.client.keyPem]);
});

beforeEach(() => {
  jest.spyOn(Math, "random").mockReturnValue(0.01);
  jest.spyOn(console, "log").mockImplementation((text: unknown) => {
    printed.push(String(text));
    canary.look("what was printed", text);
  });
});

afterEach(() => {
  jest.restoreAllMocks();
});

describe.each(OPERATIONS)("after each mishap in the middle of a $name", (operation) => {
  const cells = CELLS.filter((cell) => cell.operation === operation);

  test.each(cells)("the state is true, and is repaired: $mishap.name, lasting: $lasting", async (cell) => {
    expect((await play(cell, cast, canary)).wrong).toEqual([]);
  });
});

describe.each(UPLOAD_OPERATIONS.filter(({ calls }) => calls.includes("upload")))("an $name", (upload) => {
  const mishaps = MISHAPS.filter(({ name }) => !SLOW.some((slow) => name.startsWith(slow)));
  const cells = mishaps.flatMap((mishap) => [0, 1].map((position) => ({ mishap, position })));

  test.each(cells)(
    "is made once, or reported by the next, after $mishap.name at call $position",
    async ({ mishap, position }) => {
      const cell = { operation: upload, mishap, position, lasting: true };
      expect(await playUpload(cell, cast, canary, printed)).toEqual([]);
    },
  );
});

test("no secret is in anything that was thrown, stored or printed", () => {
  expect(canary.bytes).toBeGreaterThan(100_000);
  expect(canary.found).toEqual([]);
});

test("a secret that is there would be found, raw or encoded", () => {
  const finder = new Canary(["a secret/with=signs"]);
  finder.look("raw", new Error("leads to a secret/with=signs"));
  finder.look("encoded", { url: `x?key=${encodeURIComponent("a secret/with=signs")}` });
  finder.look("base64", [Buffer.from("a secret/with=signs").toString("base64")]);
  finder.look("nothing", "nothing");
  expect(finder.found).toEqual(["raw", "encoded", "base64"]);
});
