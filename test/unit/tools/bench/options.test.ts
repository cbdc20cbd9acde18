import { parseOptions, PARTS } from "../../../../tools/bench/options";

test("without options, every part is measured in seven rounds", () => {
  expect(parseOptions([])).toMatchObject({ parts: PARTS, rounds: 7, windowSeconds: 6, isShort: false });
});

test("the short form measures wall time and calls in five rounds", () => {
  expect(parseOptions(["--short", "--check"])).toMatchObject({
    parts: ["wall-time", "calls"],
    rounds: 5,
    checks: true,
  });
});

test("a checkout to compare is an absolute path", () => {
  expect(parseOptions(["--compare", "."])?.compare).toBe(process.cwd());
});

test("--help measures nothing", () => {
  expect(parseOptions(["--help"])).toBeUndefined();
});

test.each([
  [
    ["--part", "speed"],
    '--part must be one of start-up, wall-time, calls, growth, profile, footprint, compile-cache, not "speed".',
  ],
  [["--rounds", "0"], '--rounds must be a positive whole number, not "0".'],
  [["--short", "--write"], "--short and --write exclude each other"],
])("%j is rejected with the reason", (args, message) => {
  expect(() => parseOptions(args)).toThrow(message);
});
