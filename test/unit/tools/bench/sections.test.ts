import { CALL_CASES } from "../../../../tools/bench/calls/cases";
import { limitedSection, unlimitedSection } from "../../../../tools/bench/calls/sections";
import { describeFailures } from "../../../../tools/bench/report/check";
import { renderSection } from "../../../../tools/bench/report/markdown";
import { EMPTY, PROVIDER } from "../../../../tools/bench/subject";
import { OPERATIONS } from "../../../../tools/bench/wallTime/operations";
import { sectionOf } from "../../../../tools/bench/wallTime/wallTime";

const [create] = OPERATIONS;
const projects = CALL_CASES.at(-1);
if (!create || !projects) throw new Error("There are no operations to measure.");

describe("the table of wall times", () => {
  const seconds = [
    [1, 1, 2],
    [1.1, 1.2, 2.2],
  ];

  test("shows the median of the ratios of the rounds, with their quartiles", () => {
    const { rows, checks } = sectionOf(
      [{ operation: create, seconds, calls: [0, 6] }],
      [EMPTY, PROVIDER],
      3,
      0,
    );
    expect(rows[1]).toEqual([
      "create",
      "1.00 (1.00 to 1.50)",
      "1.20 (1.15 to 1.70)",
      "1.100 (1.100 to 1.150)",
      "1.10",
    ]);
    expect(describeFailures(checks)).toEqual([]);
  });

  test("fails a ratio beyond the limit and the room for noise, and a call too many", () => {
    const slow = [
      [1, 1, 1],
      [1.2, 1.2, 1.2],
    ];
    const { checks } = sectionOf(
      [{ operation: create, seconds: slow, calls: [0, 7] }],
      [EMPTY, PROVIDER],
      3,
      0,
    );
    expect(describeFailures(checks)).toEqual([
      "create, latency 0 ms: ratio to the empty resource: 1.2, limit 1.1 + 0.05 for noise",
      "create, latency 0 ms: API calls: 7, limit 6",
    ]);
  });

  test("subtracts the latency of the calls that depend on one another", () => {
    const withCalls = [
      [1, 1, 1],
      [2.25, 2.25, 2.25],
    ];
    const { rows } = sectionOf(
      [{ operation: create, seconds: withCalls, calls: [0, 6] }],
      [EMPTY, PROVIDER],
      3,
      200,
    );
    expect(rows[1]?.[1]).toBe("6");
    expect(rows[1]?.[4]).toBe("1.050 (1.050 to 1.050)");
  });
});

describe("the tables of API calls", () => {
  const done = (accepted: number, rejected = 0, elapsedMs = 0) => ({
    accepted,
    rejected,
    elapsedMs,
    stopped: false,
  });

  test("fail when the provider sends more calls than the floor and its lists", () => {
    const counts = [{ case: projects, provider: done(401), scripts: [] }];
    expect(describeFailures(unlimitedSection(counts).checks)).toEqual([
      "create, 1 id in each of 200 projects: API calls: 401, limit 400",
    ]);
  });

  test("show how far a script comes that the rate limit stops", () => {
    const stopped = { ...done(8, 3), stopped: true };
    const counts = [{ case: projects, provider: done(400, 20, 150_000), scripts: [stopped] }];
    const { rows, checks } = limitedSection(counts, 6);
    expect(rows[1]).toEqual([
      "create, 1 id in each of 200 projects",
      "200 in 24.0 min",
      "400 in 25.0 min, 20 rejected",
      "stops after 8, 3 rejected",
    ]);
    expect(describeFailures(checks)).toEqual([]);
  });

  test("fail when the time exceeds the minimum by more than a tenth", () => {
    const counts = [{ case: projects, provider: done(400, 0, 180_000), scripts: [] }];
    expect(describeFailures(limitedSection(counts, 6).checks)).toEqual([
      "create, 1 id in each of 200 projects: time, relative to the minimum: 1.25, limit 1.1 + 0.05 for noise",
    ]);
  });
});

test("a section is its picture, its table and its notes", () => {
  const section = {
    name: "growth",
    title: "Growth",
    rows: [
      ["Resources", "Seconds"],
      ["1", "2.0"],
    ],
    notes: ["One repetition."],
    checks: [],
    plot: { file: "growth.svg", alt: "Line chart", svg: "" },
  };
  expect(renderSection(section)).toBe(
    [
      "![Line chart](performance/growth.svg)",
      "",
      "| Resources | Seconds |",
      "| --- | --- |",
      "| 1 | 2.0 |",
      "",
      "One repetition.",
    ].join("\n"),
  );
});
