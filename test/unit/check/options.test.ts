import { parseOptions } from "../../../cli/check/options";

test("without arguments, the organization is checked for 30 days, and a table is written", () => {
  expect(parseOptions([])).toEqual({
    projects: [],
    clients: [],
    days: 30,
    requiresEnforcement: false,
    format: "table",
  });
});

test("options can be repeated where that makes sense, and a project counts once", () => {
  const args =
    "--project a --project b --project a --client x=x.pem --client folder --days 7 --enforced --json";
  expect(parseOptions(args.split(" "))).toEqual({
    projects: ["a", "b"],
    clients: ["x=x.pem", "folder"],
    days: 7,
    requiresEnforcement: true,
    format: "json",
  });
});

test.each([
  ["--days -1", "--days"],
  ["--days 1.5", "whole number of days"],
  ["--days 99999", "from 0 to 36500"],
  ["--days=", '--days is ""'],
  ["--format yaml", "--format prometheus or --format github"],
  ["--json --format github", "either --json or --format"],
  ["--unknown", "--unknown"],
  ["extra", "extra"],
])("%s is rejected", (args, message) => {
  expect(() => parseOptions(args.split(" "))).toThrow(message);
});
