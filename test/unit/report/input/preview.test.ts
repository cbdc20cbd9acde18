import { parsePreview } from "../../../../cli/report/input/preview";

/** As the engine writes it: indented, so that only the outermost braces begin a line. */
const PREVIEW = JSON.stringify(
  { steps: [], diagnostics: [{ message: "{ said }", severity: "info" }] },
  null,
  4,
);

test.each([
  ["alone", PREVIEW],
  ["after what a wrapper said", `> pulumi preview {\n{ not JSON }\n${PREVIEW}\n`],
  ["before what a wrapper said", `${PREVIEW}\nerror: exit status 255\n}\n`],
  ["on one line", JSON.stringify(JSON.parse(PREVIEW))],
])("a preview is found %s", (_, text) => {
  expect(parsePreview(text).diagnostics).toEqual([{ message: "{ said }", severity: "info" }]);
});

test.each([
  "Previewing update",
  "[1, 2]",
  '{"steps": 1}',
  "{}",
  '{"error": "no such stack"}',
  PREVIEW.slice(0, -10),
])("is not made of anything else: %j", (text) => {
  expect(() => parsePreview(text)).toThrow("the input is not the complete output of `pulumi preview --json`");
});

test("is not made of a stream of events, and what causes that is named", () => {
  const events = [
    { sequence: 0, timestamp: 1_700_000_000, preludeEvent: { config: {} } },
    {
      sequence: 1,
      timestamp: 1_700_000_000,
      resourcePreEvent: { metadata: { op: "create" }, planning: true },
    },
  ];
  expect(() => parsePreview(events.map((each) => `${JSON.stringify(each)}\n`).join(""))).toThrow(
    /stream of events.+unset PULUMI_ENABLE_STREAMING_JSON_PREVIEW.+`pulumi up --json`/,
  );
});

test("of an engine that ended before it wrote anything is an error with that reason", () => {
  expect(() => parsePreview("\n")).toThrow("there is nothing to report");
});
