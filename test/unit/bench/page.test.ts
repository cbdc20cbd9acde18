import { renderSection } from "../../bench/report/markdown";
import { replaceGenerated } from "../../bench/report/page";

const PAGE = "before\n<!-- bench:begin calls -->\nold\n<!-- bench:end calls -->\nafter\n";

test("the generated part of a page is replaced, and nothing else", () => {
  expect(replaceGenerated(PAGE, "calls", "new")).toBe(
    "before\n<!-- bench:begin calls -->\n\nnew\n\n<!-- bench:end calls -->\nafter\n",
  );
});

test("replacing it again changes nothing", () => {
  const once = replaceGenerated(PAGE, "calls", "new");
  expect(replaceGenerated(once, "calls", "new")).toBe(once);
});

test("a page without the markers is reported with the lines to add", () => {
  expect(() => replaceGenerated(PAGE, "growth", "new")).toThrow(
    'Add the lines "<!-- bench:begin growth -->" and "<!-- bench:end growth -->"',
  );
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
