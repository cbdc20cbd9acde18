import { mergeRows } from "../../../../tools/verify/verify";

const CHECKS = [{ id: "clients" }, { id: "fuzz" }, { id: "chains" }];
const HEADER = ["name", "figures"];
const PAGE =
  "| name | figures |\n| --- | --- |\n| clients | 80 steps |\n| removed | 1 |\n| chains | 100 chains |";

test("rows of the page stay for what this run did not check, in the order of the command", () => {
  expect(mergeRows(CHECKS, [HEADER, ["chains", "200 chains"], ["fuzz", "1500 cases"]], PAGE)).toEqual([
    HEADER,
    ["clients", "80 steps"],
    ["fuzz", "1500 cases"],
    ["chains", "200 chains"],
  ]);
});

test("a page without a table gets the rows of this run only", () => {
  expect(mergeRows(CHECKS, [HEADER, ["fuzz", "1500 cases"]], "Not measured yet.")).toEqual([
    HEADER,
    ["fuzz", "1500 cases"],
  ]);
});
