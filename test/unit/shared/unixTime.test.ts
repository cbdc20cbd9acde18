import fc from "fast-check";
import { adoptionProgram } from "../../../cli/adopt/adoptionProgram";
import { validateActivation } from "../../../provider/activation/validateActivation";
import type { ListedCertificate } from "../../../provider/api/listedCertificate";
import { ORGANIZATION } from "../../../provider/api/scope";
import { expiryWarnings } from "../../../provider/planSummary/expiry";
import { parseCertificateLine } from "../../../provider/planSummary/parse";
import { renderSummary } from "../../../provider/planSummary/render";
import { summarize } from "../../../provider/planSummary/summarize";
import { isoDay, isoTime } from "../../../provider/shared/unixTime";

const NOW = 1_800_000_000;

/** Any number that the API may give as a time, and those around the ends of what a Date can hold. */
const time = fc.oneof(
  fc.maxSafeInteger(),
  fc.constantFrom(8.64e12, 8.64e12 + 1, -8.64e12, -8.64e12 - 1, Number.MAX_VALUE, -Number.MAX_VALUE),
);

const certificate = (validAt: number, expiresAt: number): ListedCertificate => ({
  id: "cert_a",
  name: "Gateway",
  active: false,
  createdAt: 0,
  certificateDetails: { validAt, expiresAt },
});

test.each([
  [0, "1970-01-01T00:00:00.000Z"],
  [8.64e12, "+275760-09-13T00:00:00.000Z"],
  [8.64e12 + 1, "+275760-09-13T00:00:00.000Z"],
  [-1e300, "-271821-04-20T00:00:00.000Z"],
])("the time %d is %s", (given, text) => {
  expect(isoTime(given)).toBe(text);
  expect(isoDay(given)).toBe(text.slice(0, -"T00:00:00.000Z".length));
});

test("a preview is written and read again, whatever times the API gives", () => {
  fc.assert(
    fc.property(time, time, (validAt, expiresAt) => {
      const change = summarize({
        scope: ORGANIZATION,
        desired: { ids: new Set(["cert_a"]), exclusive: false, enforcementChange: "warn" },
        managed: new Set(),
        declared: new Set<string>(),
        announced: new Set<string>(),
        listed: [certificate(validAt, expiresAt)],
        unknown: 0,
        unknownIds: "none",
        confirmed: new Set<string>(),
        program: { declared: new Set(), isComplete: true },
        isEnforcedByOrganization: false,
        expiryWarningDays: 30,
        hasClientCertificate: false,
        now: NOW,
      });
      const line = renderSummary(change, NOW).split("\n")[1] ?? "";
      expect(parseCertificateLine(line)).toMatchObject({
        id: "cert_a",
        validFrom: isoDay(validAt),
        expires: isoDay(expiresAt),
      });
    }),
  );
});

test("errors, warnings and adopted programs are written for all times of the API", () => {
  fc.assert(
    fc.property(time, time, (validAt, expiresAt) => {
      const certificates = [{ ...certificate(validAt, expiresAt), active: true }];
      expect(validateActivation(new Set(["cert_a"]), certificates, NOW)).toHaveLength(
        expiresAt - NOW > 86_400 ? 0 : 1,
      );
      expect(expiryWarnings(certificates, 30, NOW).join()).not.toContain("Invalid");
      expect(adoptionProgram([{ scope: ORGANIZATION, certificates }])).toContain(isoDay(expiresAt));
    }),
  );
});
