import fc from "fast-check";
import { readSaid } from "../../../cli/report/said";
import { printable } from "../../../provider/api/printable";
import { ORGANIZATION } from "../../../provider/api/scope";
import { type ListedCertificate } from "../../../provider/api/shapes";
import { called } from "../../../provider/review/words";
import { reviewText } from "../../../provider/review/text";
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
      const warning = `${called(named("cert_a", one))} expires 2027-01-16 (in 1 day)`;
      const text = reviewText(
        {
          scope: ORGANIZATION,
          activate: [named("cert_a", one)],
          deactivate: [{ certificate: named("cert_b", other), collateral: true }],
          adopt: 0,
          moved: [],
          keep: 0,
          leave: 0,
          unknown: 0,
          enforcement: "stays on",
          calls: 3,
          warnings: [warning],
        },
        NOW,
      );
      const { summaries, warnings, remarks } = readSaid(text.split("\n"));
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
        { change: "on", id: "cert_a", name: printable(one) },
        { change: "off", id: "cert_b", name: printable(other), collateral: true },
      ]);
      expect(summaries[0]?.warnings).toEqual([`the organization: ${warning}`]);
      expect(warnings).toEqual([]);
      expect(remarks).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test("a warning without a review is a warning of its scope, once", () => {
  const line = 'acme: project proj_a: warning: cert_a "a" expires today';
  expect(readSaid([line, line])).toMatchObject({
    summaries: [],
    warnings: ['acme: project proj_a: cert_a "a" expires today'],
    remarks: [],
  });
});

test.each([
  "somebody: activate 1; enforcement turns OFF; 1 API call",
  "the organization: anything; enforcement turns OFF; 1 API call",
  "the organization: activate 1; enforcement turns OFF; [1 API call](http://x.y)",
  '  + cert_a "a", expires <b>soon</b>',
])("what is not written just as a review is, is only a remark: %s", (line) => {
  expect(readSaid([line])).toEqual({ summaries: [], warnings: [], remarks: [line.trim()] });
});
