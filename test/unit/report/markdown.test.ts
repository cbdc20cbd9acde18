import fc from "fast-check";
import MarkdownIt from "markdown-it";
import type { Report, Row } from "../../../cli/report/model/report";
import { markdown, MAX_REPORT_CHARACTERS } from "../../../cli/report/output/markdown";
import { sanitize } from "../../../provider/shared/sanitize";
import { hostile } from "./hostile";

const empty: Report = {
  failed: false,
  rows: [],
  scopes: [],
  drift: [],
  warnings: [],
  errors: [],
  notes: [],
  others: {},
};

const row = (name: string | null, id = "cert_a"): Row => ({
  change: "activate",
  name,
  id,
  validFrom: "2026-01-01",
  expires: "2027-01-01",
  distance: "in 300 days",
  scope: "organization",
});

/** Markdown as GitHub renders it, links and all. */
const github = new MarkdownIt({ html: true, linkify: true });
const count = (html: string, pattern: RegExp) => [...html.matchAll(pattern)].length;

/** What of a page is not code: only there GitHub looks for people, issues and addresses. */
const outsideCode = (html: string) => html.replace(/<code>[\s\S]*?<\/code>/g, "");
const MENTION_OR_REFERENCE = /@\w|#\d|\bGH-\d/i;

test("no name breaks the table, links, mentions, refers, or becomes HTML", () => {
  fc.assert(
    fc.property(hostile, hostile, hostile, (one, other, former) => {
      const rows = [row(one), { ...row(other, "cert_b"), change: "rename" as const, formerName: former }];
      const html = github.render(markdown({ ...empty, rows }));
      expect(count(html, /<tr>/g)).toBe(3);
      expect(count(html, /<t[dh]>/g)).toBe(18);
      expect(html).not.toMatch(/<(a|img|script)\b|<!--/);
      expect(outsideCode(html)).not.toMatch(MENTION_OR_REFERENCE);
    }),
    { numRuns: 500 },
  );
});

test("no name of a connection, a provider or a resource breaks a table, links, mentions, refers, or becomes HTML", () => {
  fc.assert(
    fc.property(hostile, hostile, (owner, resource) => {
      const scope = sanitize(`${owner}: organization`);
      const scopes: Report["scopes"] = [
        { scope, change: "1 to activate", enforcement: "will be enforced", verified: false },
        { scope: "organization", change: "1 to activate", enforcement: "stays enforced", verified: true },
      ];
      const rows: readonly Row[] = [
        { ...row("a"), scope },
        { ...row("b"), change: "keep", from: resource, to: owner },
      ];
      const html = github.render(markdown({ ...empty, rows, scopes }));
      expect(count(html, /<tr>/g)).toBe(6);
      expect(count(html, /<blockquote>/g)).toBe(1);
      expect(html).not.toMatch(/<(a|img|script|em|pre|ol|ul|h[12456])\b|<!--/);
      expect(outsideCode(html)).not.toMatch(MENTION_OR_REFERENCE);
    }),
    { numRuns: 500 },
  );
});

test("a name is shown as it is, pipes, backticks, backslashes and all", () => {
  const name = "a|b \\| \\\\| c \\` ``x``";
  const html = github.render(markdown({ ...empty, rows: [row(name)] }));
  expect(html).toContain(`<td><code>${name}</code></td>`);
});

test("no name in a sentence links, mentions, refers, or becomes HTML", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const report = { ...empty, drift: [text], warnings: [text], errors: [text], notes: [text] };
      const html = github.render(markdown(report));
      expect(count(html, /<li>/g)).toBe(4);
      expect(count(html, /<ul>/g)).toBe(4);
      expect(html).not.toMatch(/<(a|img|script|table|em|pre|ol|blockquote)\b|<!--/);
      expect(outsideCode(html)).not.toMatch(MENTION_OR_REFERENCE);
    }),
    { numRuns: 500 },
  );
});

test("what is to be typed is shown as code", () => {
  const html = github.render(markdown({ ...empty, notes: ["run `pulumi up *now*` and *look*"] }));
  expect(html).toContain("<li>run <code>pulumi up *now*</code> and *look*</li>");
});

test("however much there is to say, the report is not too long", () => {
  const bulky = fc.constantFrom("x|@".repeat(200), "@".repeat(5000), "`".repeat(500), "|".repeat(500), "a");
  const many = fc.integer({ min: 0, max: 400 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3000 }), many, many, bulky, (rows, scopes, lines, bulk) => {
      const texts = Array.from({ length: lines }, (_, index) => `${index} ${bulk}`);
      const text = markdown({
        ...empty,
        rows: Array.from({ length: rows }, (_, index) => ({
          ...row(bulk, `cert_${index}`),
          unmanaged: true,
        })),
        scopes: Array.from({ length: scopes }, (_, index) => ({
          scope: `project ${index} ${bulk}`,
          change: "1 to activate",
          enforcement: "not known" as const,
          verified: false,
        })),
        drift: texts,
        warnings: texts,
        errors: texts,
        notes: texts,
        others: { create: 5, delete: 7 },
      });
      expect(text.length).toBeLessThanOrEqual(MAX_REPORT_CHARACTERS);
    }),
    { numRuns: 30 },
  );
});

test("a table that is too long is cut by whole rows, and says how many are left out", () => {
  const text = markdown({ ...empty, rows: Array.from({ length: 1000 }, () => row("Gateway")) });
  const shown = count(text, /^\| \+ activate \| `Gateway` \| `cert_a` \| .* \|$/gm);
  expect(shown).toBeGreaterThan(500);
  expect(text).toContain(`\n\n… and ${1000 - shown} more certificates that did not fit.\n`);
  expect(text.length).toBeGreaterThan(MAX_REPORT_CHARACTERS - 200);
});

test.each([
  [{ ...empty }, "### No certificate changes"],
  [{ ...empty, failed: true, errors: ["cert_a does not exist"] }, "### The preview failed: 1 error"],
  [
    {
      ...empty,
      rows: [row("a"), { ...row("b"), change: "deactivate" as const }],
      scopes: [
        {
          scope: "organization",
          change: "1 to activate",
          enforcement: "will be enforced" as const,
          verified: true,
        },
      ],
    },
    "### mTLS will be enforced for the organization, 1 certificate to activate, 1 certificate to deactivate",
  ],
])("the title comes first: %#", (report, trust) => {
  expect(markdown(report).split("\n")[0]).toBe(trust);
});

test("a change of enforcement is a callout at the top", () => {
  const scopes = [
    {
      scope: "organization",
      change: "1 to activate",
      enforcement: "will be enforced" as const,
      verified: true,
    },
  ];
  const [, callout] = markdown({ ...empty, scopes }).split("\n\n");
  expect(callout).toBe("> [!CAUTION]\n>\n> mTLS will be enforced for the organization.");
});
