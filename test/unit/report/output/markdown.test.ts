import fc from "fast-check";
import MarkdownIt from "markdown-it";
import type { Report, Row, ScopeSummary } from "../../../../cli/report/model/report";
import { cell, prose } from "../../../../cli/report/output/escape";
import { markdown, MAX_REPORT_CHARACTERS } from "../../../../cli/report/output/markdown";
import { sanitize } from "../../../../provider/shared/sanitize";
import { hostile } from "../hostile";

const empty: Report = {
  time: Date.parse("2026-11-24T12:00:01Z") / 1000,
  failed: false,
  rows: [],
  unchanged: [],
  scopes: [],
  clients: [],
  drift: [],
  warnings: [],
  errors: [],
  notes: [],
  others: {},
};

const row = (name: string | null, id = "cert_02zUHUeY5Be3eKyDN7rvyoD"): Row => ({
  change: "activate",
  name,
  id,
  validFrom: "2026-11-01",
  expires: "2028-01-31",
  scope: "organization",
});

const summary = (more: Partial<ScopeSummary> = {}): ScopeSummary => ({
  scope: "organization",
  change: "1 to activate, 2 unchanged",
  enforcement: "stays enforced",
  calls: "3 API calls",
  source: "api",
  ...more,
});

/** Markdown as GitHub renders it, links and all. */
const github = new MarkdownIt({ html: true, linkify: true });
const count = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].length;

/** What of a page is not code: only there GitHub looks for people, issues and addresses. */
const outsideCode = (html: string) => html.replace(/<code[^>]*>[\s\S]*?<\/code>/g, "");
const MENTION_OR_REFERENCE = /@\w|#\d|\bGH-\d/i;
const MARKUP = /<(a|img|script|em|s|ol|blockquote|h\d)\b|<!--/;

const cellsOf = (text: string) => github.render(`| A | B |\n| --- | --- |\n| <b>${text}</b> | END |\n`);

describe("text from outside", () => {
  test("in a cell is only text, whatever it is", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const html = cellsOf(cell(text));
        expect(count(html, /<td>/g)).toBe(2);
        expect(html).toContain("<td>END</td>");
        expect(html).not.toMatch(MARKUP);
        expect(html).not.toContain("<code>");
        expect(html).not.toMatch(MENTION_OR_REFERENCE);
      }),
      { numRuns: 1_000 },
    );
  });

  test("in a sentence is text and code, whatever it is", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const html = github.render(`- ${prose(text)}\n\n> ${prose(text)}\n\n### ${prose(text)}\n`);
        expect([/<li>/g, /<blockquote>/g, /<h3>/g].map((pattern) => count(html, pattern))).toEqual([1, 1, 1]);
        const inside = html.replace(/<\/?(?:blockquote|h3)>/g, "");
        expect(inside).not.toMatch(MARKUP);
        expect(inside).not.toMatch(/<(table|pre)\b/);
        expect(outsideCode(html)).not.toMatch(MENTION_OR_REFERENCE);
      }),
      { numRuns: 1_000 },
    );
  });

  test("is shown as it is, pipes, backticks, backslashes and all", () => {
    const name = "a|b \\| \\\\| c \\` ``x``";
    expect(cellsOf(cell(name))).toContain(`<td><b>${name}</b></td>`);
  });

  test("shows what is to be typed as code", () => {
    expect(github.render(prose("run `pulumi up *now*` and *look*"))).toBe(
      "<p>run <code>pulumi up *now*</code> and *look*</p>\n",
    );
  });
});

test("no name of a certificate, connection, resource or CA breaks the report", () => {
  fc.assert(
    fc.property(hostile, hostile, hostile, (one, other, owner) => {
      const scope = sanitize(`${owner}: organization`);
      const identity = { subject: one, issuer: other, sha256: "AB:CD:EF:01:23" };
      const rows: readonly Row[] = [
        { ...row(one), scope, identity },
        { ...row(other, "cert_b"), change: "rename", formerName: one },
        { ...row("c", "cert_c"), change: "keep", from: one, to: other },
      ];
      const scopes = [summary({ scope, enforcement: "will be enforced" }), summary()];
      const text = markdown({ ...empty, stack: "prod", rows, scopes });
      const html = github.render(text);
      expect(count(html, /<tr>/g)).toBe(4);
      expect(count(html, /<t[dh]>/g)).toBe(12);
      expect(count(html, /<blockquote>/g)).toBe(1);
      expect(count(html, /<h3>/g)).toBe(1);
      expect(count(html, /<pre>/g)).toBe(2);
      expect(html).not.toMatch(/<(a|img|script|em|s|ol|h[12456])\b|<!--/);
      expect(outsideCode(html)).not.toMatch(MENTION_OR_REFERENCE);
    }),
    { numRuns: 200 },
  );
});

test("the report is not too long, whatever it contains", () => {
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
          identity: { subject: bulk, issuer: bulk, sha256: "AB:CD" },
        })),
        scopes: Array.from({ length: scopes }, (_, index) =>
          summary({
            scope: `project ${index} ${bulk}`,
            enforcement: index % 2 === 0 ? "not known" : "will be turned off",
            source: "unverified",
          }),
        ),
        drift: texts,
        warnings: texts,
        errors: texts,
        notes: texts,
        others: { create: 5, delete: 7 },
      });
      expect(text.length).toBeLessThanOrEqual(MAX_REPORT_CHARACTERS);
    }),
    { numRuns: 15 },
  );
});

test("a table that is too long is cut by whole rows, and counts those that are left out", () => {
  const rows = Array.from({ length: 1000 }, (_, index) => row(`Gateway ${index}`));
  const text = markdown({ ...empty, rows });
  const shown = count(text, /^\| <b>Gateway \d+<\/b> <code>cert\\_\w+<\/code> \|$/gm);
  expect(shown).toBeGreaterThan(500);
  expect(text).toContain(`\n\n… and ${1000 - shown} more certificates that did not fit.\n`);
  expect(text.length).toBeGreaterThan(MAX_REPORT_CHARACTERS - 200);
});

test.each([
  [{ ...empty }, "### No certificate changes"],
  [{ ...empty, stack: "prod" }, "### prod: no certificate changes"],
  [
    { ...empty, stack: "prod", failed: true, errors: ["cert_a does not exist"] },
    "### prod: the preview failed with 1 error",
  ],
  [
    {
      ...empty,
      rows: [{ ...row("b"), change: "deactivate" as const }, row("a")],
      scopes: [summary({ enforcement: "will be enforced" })],
    },
    "### mTLS will be enforced, 1 certificate to deactivate, 1 to activate",
  ],
])("the title comes first: %#", (report, title) => {
  expect(markdown(report).split("\n")[0]).toBe(title);
});

describe("a callout", () => {
  const calloutsOf = (report: Partial<Report>) => {
    const text = markdown({ ...empty, ...report });
    return text
      .trimEnd()
      .split("\n\n")
      .filter((part) => part.startsWith("> [!"));
  };

  test("describes once what a change of enforcement means, in the provider's words", () => {
    const notice = "mTLS will be enforced for the organization: the API will reject requests.";
    const access =
      "no client certificate is configured for the provider, so the API may reject the provider's own next request in the " +
      "organization. Set x before you continue.";
    const scopes = [summary({ enforcement: "will be enforced" })];
    const text = markdown({ ...empty, scopes, warnings: [notice, access] });
    expect(count(text, /will reject requests/g)).toBe(1);
    expect(count(text, /No client certificate/g)).toBe(1);
    expect(text).not.toContain("**Warnings**");
    expect(calloutsOf({ scopes, warnings: [notice, access] })).toEqual([
      expect.stringMatching(
        /^> \[!CAUTION\]\n> \*\*mTLS will be enforced for the organization\.\*\* The API will reject/,
      ),
    ]);
  });

  test("explains the end of mTLS of a deletion, about which the provider prints nothing", () => {
    const scopes = [summary({ enforcement: "may be turned off", source: "state" })];
    const [text, ...others] = calloutsOf({ scopes });
    expect(others).toEqual([]);
    expect(text).toMatch(
      /The API will accept requests with an API key alone.*in a preview Pulumi does not call the provider/,
    );
  });

  test("is about a lock-out of the provider, in a warning or in the error of a failed preview", () => {
    const lockout = "this would lock the provider out of the API.\n  None of the certificates trusts it.";
    for (const report of [
      { warnings: [`acme: organization: ${lockout}`] },
      { failed: true, errors: [`mtls: certificateIds: ${lockout}`] },
    ]) {
      expect(calloutsOf(report)).toEqual([
        "> [!CAUTION]\n> **The provider would lock itself out of the API.** None of the certificates trusts it.",
      ]);
      expect(markdown({ ...empty, ...report })).not.toMatch(/\*\*(?:Warnings|Errors)\*\*/);
    }
  });

  test("is about unmanaged certificates, and about most of the active ones", () => {
    const rows = [
      { ...row("a"), change: "deactivate" as const, unmanaged: true as const, source: "provider" as const },
      { ...row("b"), change: "deactivate" as const },
    ];
    const [text, ...others] = calloutsOf({ rows, scopes: [summary({ active: 3 })] });
    expect(others).toEqual([]);
    expect(text).toMatch(/^> \[!WARNING\]/);
    expect(text).toContain(
      "**`exclusive` deactivates 1 certificate of the organization that this program never managed.**",
    );
    expect(text).toContain("**2 of 3 active certificates of the organization are deactivated.**");
    expect(calloutsOf({ rows: rows.slice(1), scopes: [summary({ active: 3 })] })).toEqual([]);
  });

  test("is about what was not verified, and about what is not known", () => {
    expect(
      calloutsOf({
        scopes: [summary({ source: "unverified", enforcement: "not known" })],
        warnings: ["certificateIds not verified: no admin key is configured."],
      }),
    ).toEqual([
      expect.stringMatching(/\*\*Not verified: the organization\.\*\* .* No admin key is configured/),
    ]);
    expect(calloutsOf({ scopes: [summary({ enforcement: "not known" })] })).toEqual([
      "> [!WARNING]\n> **Not known: the effect on mTLS for the organization.**",
    ]);
  });
});

describe("the table", () => {
  const tableOf = (rows: readonly Row[]) =>
    /<table>[\s\S]*<\/table>/
      .exec(github.render(markdown({ ...empty, rows })))?.[0]
      .match(/<t[hd]>.*?<\/t[hd]>/g)
      ?.map((each) => each.replace(/<[^>]+>/g, ""));

  test("has a sentence instead of a column with one value", () => {
    const rows = [row("a"), row("b", "cert_b")];
    expect(tableOf(rows)).toEqual(["Certificate", `a ${String(rows[0]?.id)}`, "b cert_b"]);
    expect(markdown({ ...empty, rows })).toContain(
      "Both certificates: activate; valid 2026-11-01 to 2028-01-31, 432 days.",
    );
  });

  test("has a column for the scope only if there are several", () => {
    expect(tableOf([row("a"), { ...row("b"), change: "deactivate", scope: "project proj_a" }])).toContain(
      "Scope",
    );
    expect(tableOf([row("a"), { ...row("b"), change: "deactivate" }])).not.toContain("Scope");
  });

  test("shows which CA it is, with the whole fingerprint below it", () => {
    const sha256 = "9F:02:AB:".repeat(10);
    const identity = { subject: "CN=Batch CA", issuer: "CN=Root", sha256 };
    const text = markdown({ ...empty, rows: [{ ...row("a"), identity }] });
    expect(text).toContain("<br>CN=Batch CA, SHA-256 9F:02:AB:9F…");
    expect(text).toContain(`issuer CN=Root; SHA-256 <code>${sha256}</code>`);
  });
});

describe("the timeline", () => {
  const charted = (report: Partial<Report>) =>
    /```mermaid\n([\s\S]*?)\n```/.exec(markdown({ ...empty, ...report }))?.[1]?.split("\n") ?? [];

  test("ends what is deactivated today, and begins what is activated when it is valid", () => {
    const rows: readonly Row[] = [
      { ...row("old"), change: "deactivate", validFrom: "2025-11-01", expires: "2027-01-31" },
      { ...row("early"), validFrom: "2026-12-01" },
      row("new"),
    ];
    expect(charted({ rows, unchanged: [{ ...row("other"), expires: "2027-05-31" }] })).toEqual([
      "gantt",
      "dateFormat YYYY-MM-DD",
      "axisFormat %b %y",
      "section Deactivated",
      "− old :done, 2025-11-01, 2026-11-24",
      "section Activated",
      "+ early :active, 2026-12-01, 2028-01-31",
      "+ new :active, 2026-11-24, 2028-01-31",
      "section Stays active",
      "= other :2026-11-01, 2027-05-31",
      "section Today",
      "Preview :milestone, 2026-11-24, 0d",
    ]);
  });

  test("is folded where it is long, and absent where nothing is activated or deactivated", () => {
    const rows = Array.from({ length: 9 }, (_, index) => row(`a${index}`));
    expect(markdown({ ...empty, rows })).toContain("<details><summary>Timeline");
    expect(markdown({ ...empty, rows: rows.slice(0, 8) })).toContain("<details open><summary>Timeline");
    expect(charted({ rows: [{ ...row("a"), change: "rename" }] })).toEqual([]);
  });

  test("has one line for each bar, whatever the name is", () => {
    fc.assert(
      fc.property(hostile, (name) => {
        const lines = charted({ rows: [row(name)] });
        expect(lines).toHaveLength(7);
        expect(lines[4]).toMatch(/^\+ [\p{L}\p{N} ._-]* :active, 2026-11-24, 2028-01-31$/u);
      }),
    );
  });
});

describe("to undo an update", () => {
  const undone = (rows: readonly Row[]) =>
    /<summary>To undo this update<\/summary>([\s\S]*)/.exec(markdown({ ...empty, rows }))?.[1];

  test("activates again before it deactivates, ten ids a call", () => {
    const gone = Array.from({ length: 11 }, (_, index): Row => ({
      ...row("a", `cert_${index}`),
      change: "deactivate",
    }));
    const text = undone([row("b", "cert_new"), ...gone]);
    const calls = text?.match(/certificates\/(?:de)?activate" \\\n.*--json '(.*)'/g) ?? [];
    expect(calls.map((call) => call.replace(/"[^]*\["/, " "))).toEqual([
      expect.stringMatching(/^certificates\/activate cert_0"/),
      expect.stringMatching(/^certificates\/activate cert_10"/),
      expect.stringMatching(/^certificates\/deactivate cert_new"/),
    ]);
    expect(text).toContain("Revert the change of the program");
  });

  test("reports that a deleted upload does not come back under its id", () => {
    expect(undone([{ ...row("a", "cert_gone"), change: "delete" }])).toMatch(
      /<b>a<\/b> <code>cert\\_gone<\/code>: a deleted upload cannot come back under its id/,
    );
  });

  test("puts no id into a command that is more than letters, digits, _ and -", () => {
    fc.assert(
      fc.property(hostile, (id) => {
        const commands = (undone([row("a", id)]) ?? "").match(/```sh[\s\S]*?```/g) ?? [];
        for (const command of commands) expect(command).toMatch(/\{"certificate_ids":\["[\w-]+"\]\}'\n```$/);
      }),
    );
  });

  test("needs nothing when nothing is activated, deactivated or uploaded", () => {
    expect(undone([])).toBeUndefined();
  });
});
