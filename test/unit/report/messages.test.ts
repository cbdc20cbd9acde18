import fc from "fast-check";
import { parseMessages } from "../../../cli/report/input/messages";
import { sanitize } from "../../../provider/shared/sanitize";
import { ORGANIZATION } from "../../../provider/api/scope";
import { type ListedCertificate } from "../../../provider/api/schemas";
import { formatCertificate } from "../../../provider/shared/format";
import { renderSummary } from "../../../provider/planSummary/render";
import { hostile } from "./hostile";

const NOW = 1_800_000_000;

const named = (id: string, name: string): ListedCertificate => ({
  id,
  name,
  active: false,
  createdAt: 0,
  certificateDetails: { validAt: NOW, expiresAt: NOW + 86_400 },
});

test("no name is read as anything but the name of its certificate", () => {
  fc.assert(
    fc.property(hostile, hostile, (one, other) => {
      const warning = `${formatCertificate(named("cert_a", one))} expires 2027-01-16 (in 1 day)`;
      const text = renderSummary(
        {
          scope: ORGANIZATION,
          activate: [named("cert_a", one)],
          deactivate: [{ certificate: named("cert_b", other), isUnmanaged: true }],
          adopted: 0,
          moved: [],
          unchanged: 0,
          unmanaged: 0,
          unknown: 0,
          enforcement: "stays on",
          calls: 3,
          warnings: [warning],
        },
        NOW,
      );
      const { summaries, warnings, notes } = parseMessages(text.split("\n"));
      expect(summaries.map(({ effect }) => effect)).toEqual([
        {
          scope: "the organization",
          change: "activate 1, deactivate 1",
          enforcement: "stays ON",
          calls: "3 API calls",
          verified: true,
        },
      ]);
      expect(summaries[0]?.rows).toMatchObject([
        { change: "on", id: "cert_a", name: sanitize(one) },
        { change: "off", id: "cert_b", name: sanitize(other), unmanaged: true },
      ]);
      expect(summaries[0]?.warnings).toEqual([`the organization: ${warning}`]);
      expect(warnings).toEqual([]);
      expect(notes).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test("a warning without a review is a warning of its scope, once", () => {
  const line = 'acme: project proj_a: warning: cert_a "a" expires today';
  expect(parseMessages([line, line])).toMatchObject({
    summaries: [],
    warnings: ['acme: project proj_a: cert_a "a" expires today'],
    notes: [],
  });
});

test.each([
  "somebody: activate 1; enforcement turns OFF; 1 API call",
  "the organization: anything; enforcement turns OFF; 1 API call",
  "the organization: activate 1; enforcement turns OFF; [1 API call](http://x.y)",
  '  + cert_a "a", expires <b>soon</b>',
])("what is not written just as a review is, is only a remark: %s", (line) => {
  expect(parseMessages([line])).toEqual({ summaries: [], warnings: [], notes: [line.trim()] });
});
