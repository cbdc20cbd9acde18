import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { markdown, MAX_REPORT_CHARACTERS } from "../../../cli/report/markdown";
import { type Report, type Row } from "../../../cli/report/model";

const empty: Report = {
  failed: false,
  rows: [],
  effects: [],
  warnings: [],
  errors: [],
  remarks: [],
  others: {},
};

const row = (name: string | null, id = "cert_a"): Row => ({
  change: "on",
  name,
  id,
  validFrom: "2026-01-01",
  expires: "2027-01-01 (in 300 days)",
  scope: "the organization",
});

/** Markdown as GitHub renders it, links and all. */
const github = new MarkdownIt({ html: true, linkify: true });
const count = (html: string, pattern: RegExp) => [...html.matchAll(pattern)].length;

const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 80 }),
  fc
    .array(
      fc.constantFrom(
        "|",
        "`",
        "``",
        "\\",
        "\n",
        "<img src=x>",
        "@octocat",
        "#1",
        "[x](http://x.y)",
        "www.x.y",
        " ",
        "a",
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join("")),
);

test("no name breaks the table, links, mentions, or becomes HTML", () => {
  fc.assert(
    fc.property(hostile, hostile, (one, other) => {
      const html = github.render(markdown({ ...empty, rows: [row(one), row(other, "cert_b")] }));
      expect(count(html, /<tr>/g)).toBe(3);
      expect(count(html, /<t[dh]>/g)).toBe(18);
      expect(html).not.toMatch(/<(a|img|script)\b/);
      const outside = html.replace(/<code>[\s\S]*?<\/code>/g, "");
      expect(outside).not.toMatch(/@\w|#\d/);
    }),
    { numRuns: 500 },
  );
});

test("no name in a warning or an error links, mentions, or becomes HTML", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const html = github.render(markdown({ ...empty, warnings: [text], errors: [text], remarks: [text] }));
      expect(count(html, /<li>/g)).toBe(3);
      expect(html).not.toMatch(/<(a|img|script|table|code)\b/);
      expect(html).not.toMatch(/@\w|#\w/);
    }),
    { numRuns: 500 },
  );
});

test("however much there is to say, the report is not too long, and is cut by whole rows", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 400 }), (rows, lines) => {
      const long = "x|@".repeat(200);
      const texts = Array.from({ length: lines }, (_, index) => `${index} ${long}`);
      const text = markdown({
        ...empty,
        rows: Array.from({ length: rows }, (_, index) => row(long, `cert_${index}`)),
        effects: texts.map((scope) => ({ scope, enforcement: "stays ON" })),
        warnings: texts,
        errors: texts,
        remarks: texts,
      });
      expect(text.length).toBeLessThanOrEqual(MAX_REPORT_CHARACTERS);
    }),
    { numRuns: 20 },
  );
  const text = markdown({ ...empty, rows: Array.from({ length: 1000 }, () => row("Gateway")) });
  const shown = count(text, /^\| \+ on \|/gm);
  expect(text).toContain(`… and ${1000 - shown} more certificates that did not fit.`);
});

test.each([
  [{ ...empty }, "### No certificate changes"],
  [{ ...empty, failed: true, errors: ["cert_a does not exist"] }, "### The preview failed: 1 error"],
  [
    {
      ...empty,
      rows: [row("a"), { ...row("b"), change: "off" as const }],
      effects: [{ scope: "the organization", enforcement: "turns ON" }],
    },
    "### Mutual TLS turns ON for the organization, 1 certificate on, 1 certificate off",
  ],
])("the verdict comes first: %#", (report, verdict) => {
  expect(markdown(report).split("\n")[0]).toBe(verdict);
});
