import fc from "fast-check";
import { readMessages } from "../../../../cli/report/input/printedMessages";
import type { ListedCertificate } from "../../../../provider/api/listedCertificate";
import { ORGANIZATION } from "../../../../provider/api/scope";
import { renderSummary, renderWarning } from "../../../../provider/planSummary/render";
import { formatCertificate } from "../../../../provider/shared/format";
import { sanitize } from "../../../../provider/shared/sanitize";
import { EMPTY_SUMMARY } from "../../planSummary/emptySummary";
import { hostile } from "../hostile";

const NOW = 1_800_000_000;

const named = (id: string, name: string): ListedCertificate => ({
  id,
  name,
  active: false,
  createdAt: 0,
  certificateDetails: { validAt: NOW, expiresAt: NOW + 86_400 },
});

const info = (...messages: readonly string[]) => messages.map((message) => ({ message, severity: "info" }));

test("no name is parsed as anything but the name of its certificate", () => {
  fc.assert(
    fc.property(hostile, hostile, (one, other) => {
      const warning = `${formatCertificate(named("cert_a", one))} expires 2027-01-16 (in 1 day)`;
      const text = renderSummary(
        {
          ...EMPTY_SUMMARY,
          activate: [named("cert_a", one)],
          deactivate: [{ certificate: named("cert_b", other), isUnmanaged: true }],
          calls: 3,
          warnings: [warning],
        },
        NOW,
      );
      const printed = `${text}\nwarning: ${renderWarning(ORGANIZATION, warning)}`;
      const { summaries, warnings, notes } = readMessages(info(printed));
      const { headlines, certificates } = summaries.get("organization") ?? {};
      expect(summaries.size).toBe(1);
      expect(headlines).toMatchObject([
        {
          change: "1 to activate, 1 to deactivate",
          enforcement: "stays enforced",
          calls: "3 API calls",
        },
      ]);
      expect(certificates).toMatchObject([
        { sign: "+", id: "cert_a", name: sanitize(one) },
        { sign: "-", id: "cert_b", name: sanitize(other), unmanaged: true },
      ]);
      expect(warnings).toEqual([`organization: ${warning}`]);
      expect(notes).toEqual([
        "X.509 workload identity federation ends for the clients of deactivated certificates, too.",
      ]);
    }),
    { numRuns: 500 },
  );
});

test("a warning that is printed without a summary is a warning, once", () => {
  const line = 'warning: acme: project proj_a: cert_a "a" expires today';
  expect(readMessages(info(line, line))).toMatchObject({
    summaries: new Map(),
    warnings: ['acme: project proj_a: cert_a "a" expires today'],
    notes: [],
  });
});

test.each([
  "somebody: 1 to activate; mTLS will be turned off; 1 API call",
  "organization: anything; mTLS will be turned off; 1 API call",
  "organization: 1 to activate; mTLS will be turned off; [1 API call](http://x.y)",
  '  + cert_a "a", expires <b>soon</b>',
])("a line that the provider cannot have rendered is a note: %s", (line) => {
  expect(readMessages(info(line))).toEqual({
    summaries: new Map(),
    clients: [],
    warnings: [],
    errors: [],
    notes: [line.trim()],
  });
});
