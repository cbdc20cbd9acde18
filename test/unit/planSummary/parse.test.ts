import fc from "fast-check";
import { ORGANIZATION } from "../../../provider/api/scope";
import { sanitize } from "../../../provider/shared/sanitize";
import { parseCertificateLine, parseHeadline, parseWarning } from "../../../provider/planSummary/parse";
import { type PlanSummary } from "../../../provider/planSummary/summarize";
import { renderSummary } from "../../../provider/planSummary/render";
import { formatDay, formatDate } from "../../../provider/shared/format";
import { hostile } from "../report/hostile";

const NOW = 1_800_000_000;

const base: PlanSummary = {
  scope: ORGANIZATION,
  activate: [],
  deactivate: [],
  adopted: 0,
  moved: [],
  unchanged: 0,
  unmanaged: 0,
  unknown: 0,
  enforcement: "stays on",
  calls: 1,
  warnings: [],
};

test("the first line is read as it was written", () => {
  const text = renderSummary({ ...base, unknown: 1, unmanaged: 11, enforcement: "turns on", calls: 4 }, NOW);
  expect(parseHeadline(text)).toEqual({
    scope: "the organization",
    change: "1 id known after the upload, leave 11",
    enforcement: "turns ON",
    calls: "at least 4 API calls",
  });
});

test("whatever its name, a certificate is read as it was written", () => {
  const name = fc.option(hostile);
  const time = fc.option(fc.integer({ min: 0, max: 4_000_000_000 }), { nil: undefined });
  fc.assert(
    fc.property(
      name,
      time,
      time,
      fc.boolean(),
      fc.boolean(),
      (given, validAt, expiresAt, isOn, isUnmanaged) => {
        const certificate = {
          id: "cert_a",
          name: given,
          active: !isOn,
          createdAt: 0,
          certificateDetails: {
            ...(validAt !== undefined && { validAt }),
            ...(expiresAt !== undefined && { expiresAt }),
          },
        };
        const written = isOn
          ? { ...base, activate: [certificate] }
          : { ...base, deactivate: [{ certificate, isUnmanaged }] };
        const [, line = "", ...others] = renderSummary(written, NOW).split("\n");
        expect(others).toEqual([]);
        const read = parseCertificateLine(line);
        expect(read).toMatchObject({
          sign: isOn ? "+" : "-",
          id: "cert_a",
          name: given === null ? null : sanitize(given),
          unmanaged: !isOn && isUnmanaged,
        });
        expect(read?.validFrom).toBe(validAt === undefined ? undefined : formatDay(validAt));
        const end = read?.expires === undefined ? undefined : `${read.expires} (${String(read.distance)})`;
        expect(end).toBe(expiresAt === undefined ? undefined : formatDate(expiresAt, NOW));
      },
    ),
  );
});

test("a warning is read as it was written", () => {
  const [, line = ""] = renderSummary({ ...base, warnings: ["cert_a expires soon"] }, NOW).split("\n");
  expect(parseWarning(line)).toBe("cert_a expires soon");
});

test.each(["", "anything else", "+ cert_a", "Previewing update"])("other lines are not read: %j", (line) => {
  expect([parseHeadline(line), parseCertificateLine(line), parseWarning(line)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
