import { CALL_CASES } from "../../../../tools/bench/calls/cases";
import { OPERATIONS } from "../../../../tools/bench/wallTime/operations";
import { generatedPart } from "../../../../tools/support/generatedPart";
import { readPage } from "../../../support/docs";

const PAGE = readPage("docs/performance.md");

const generated = (name: string) => generatedPart(PAGE.text, name);

/** The first cells of a generated table, without its head. */
function rowsOf(name: string): readonly string[] {
  return [...generated(name).matchAll(/^\| ([^|]+) \|/gm)].slice(2).map(([, cell = ""]) => cell);
}

test.each(["wall-time", "wall-time-latency"])(
  "the table %s of the performance page has a row for each measured operation",
  (name) => {
    expect(rowsOf(name)).toEqual(OPERATIONS.map((operation) => operation.name));
  },
);

test.each(["calls", "calls-rate-limited"])(
  "the table %s of the performance page has a row for each counted operation",
  (name) => {
    expect(rowsOf(name)).toEqual(CALL_CASES.map((each) => each.name));
  },
);

test.each(["machine", "growth", "start-up", "profile", "footprint"])(
  "the performance page has the measured part %s",
  (name) => {
    expect(generated(name)).not.toBe("");
  },
);

test.each(["wall-time", "wall-time-latency"])(
  "the performance page discusses each median of the table %s that is above its limit",
  (name) => {
    const [, after = ""] = PAGE.text.split(`<!-- generated:end ${name} -->`);
    const [discussion = ""] = after.split("<!-- generated:begin");
    const above = [
      ...generated(name).matchAll(/^\| (?<operation>[^|]+) \|.* \| (?<limit>[\d.]+) \|$/gm),
    ].filter(([row, , limit]) => ratiosIn(row).some((ratio) => ratio > Number(limit)));
    expect(above.map(([, operation = ""]) => operation).filter((each) => !discussion.includes(each))).toEqual(
      [],
    );
    const counts = [
      "No median is",
      "One median is",
      "Two medians are",
      "Three medians are",
      "Four medians are",
    ];
    expect(discussion).toContain(`${counts[above.length] ?? ""} above the limit`);
  },
);

/** The medians of the ratios in a row: numbers with three decimals before their quartiles. */
const ratiosIn = (row: string) => [...row.matchAll(/\| (\d\.\d{3}) \(/g)].map(([, ratio]) => Number(ratio));
