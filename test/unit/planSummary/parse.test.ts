import fc from "fast-check";
import type { EnforcementChange } from "../../../provider/activation/guards/enforcement";
import type { ListedCertificate } from "../../../provider/api/listedCertificate";
import { ORGANIZATION, scopeLabel } from "../../../provider/api/scope";
import type { Scope } from "../../../provider/api/scope";
import { parseCertificateLine, parseHeadline } from "../../../provider/planSummary/parse";
import { ENFORCEMENT_TEXTS, renderSummary } from "../../../provider/planSummary/render";
import { formatDay, pluralize } from "../../../provider/shared/format";
import { sanitize } from "../../../provider/shared/sanitize";
import { hostile } from "../report/hostile";
import { EMPTY_SUMMARY } from "./emptySummary";

const NOW = 1_800_000_000;

const CERTIFICATE: ListedCertificate = { id: "cert_a", name: null, active: true, certificateDetails: {} };

test("the first line is parsed as it was rendered", () => {
  const text = renderSummary(
    { ...EMPTY_SUMMARY, unknown: 1, unmanaged: 11, enforcement: "turns on", calls: 4 },
    NOW,
  );
  expect(text).toBe(
    "organization: 1 to activate after upload, 11 unmanaged; mTLS will be enforced; at least 4 API calls",
  );
  expect(parseHeadline(text)).toMatchObject({
    scope: "organization",
    change: "1 to activate after upload, 11 unmanaged",
    enforcement: "will be enforced",
    calls: "at least 4 API calls",
  });
});

test("whatever its counts, the first line is parsed as it was rendered", () => {
  const count = fc.nat({ max: 50 });
  const certificates = fc.nat({ max: 3 }).map((length) => Array.from({ length }, () => CERTIFICATE));
  const summary = fc.record({
    scope: fc.constantFrom<Scope>(ORGANIZATION, { kind: "project", projectId: "proj_abc" }),
    activate: certificates,
    adopted: certificates.map((all) => all.map((certificate) => ({ certificate, isMoved: false }))),
    deactivate: certificates.map((all) => all.map((certificate) => ({ certificate, isUnmanaged: false }))),
    ...{ unchanged: count, unmanaged: count, unknown: count, calls: count },
    ...{ isEnforcementCertain: fc.boolean(), isEnforcedByOrganization: fc.boolean() },
    unknownIds: fc.constantFrom("none" as const, "uploads" as const, "any" as const),
    enforcement: fc.constantFrom<EnforcementChange>("turns on", "turns off", "stays on", "stays off"),
  });
  fc.assert(
    fc.property(summary, (given) => {
      const [line = ""] = renderSummary({ ...EMPTY_SUMMARY, ...given }, NOW).split("\n");
      const { unchanged, unmanaged, unknown } = given;
      const headline = parseHeadline(line);
      expect(ENFORCEMENT_TEXTS).toContain(headline?.enforcement);
      expect(headline).toMatchObject({
        scope: scopeLabel(given.scope),
        counts: {
          ...{ unchanged, unmanaged, unknown },
          activate: given.activate.length,
          adopted: given.adopted.length,
          deactivate: given.deactivate.length,
        },
        calls: `${unknown > 0 ? "at least " : ""}${pluralize(given.calls, "API call")}`,
      });
    }),
  );
});

test("whatever the name of its connection, the first line is parsed with it", () => {
  fc.assert(
    fc.property(hostile, (name) => {
      const owner = sanitize(name);
      const line = `${owner}: ${renderSummary({ ...EMPTY_SUMMARY, unmanaged: 2 }, NOW)}`;
      expect(parseHeadline(line)).toMatchObject({
        scope: `${owner}: organization`,
        counts: { activate: 0, deactivate: 0, unmanaged: 2 },
        enforcement: "stays enforced",
      });
    }),
  );
});

test("whatever its name, a certificate is parsed as it was rendered", () => {
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
          ? { ...EMPTY_SUMMARY, activate: [certificate] }
          : { ...EMPTY_SUMMARY, deactivate: [{ certificate, isUnmanaged }] };
        const [, line = "", ...others] = renderSummary(written, NOW).split("\n");
        expect(others.map(parseCertificateLine)).toEqual(isOn ? [] : [undefined]);
        const read = parseCertificateLine(line);
        expect(read).toMatchObject({
          sign: isOn ? "+" : "-",
          id: "cert_a",
          name: given === null ? null : sanitize(given),
          unmanaged: !isOn && isUnmanaged,
        });
        expect(read?.validFrom).toBe(validAt === undefined ? undefined : formatDay(validAt));
        expect(read?.expires).toBe(expiresAt === undefined ? undefined : formatDay(expiresAt));
      },
    ),
  );
});

test("whatever the names of its CA, which one it is is parsed as it was rendered", () => {
  fc.assert(
    fc.property(hostile, hostile, hostile, (name, subject, issuer) => {
      const identity = { subject, issuer, sha256: "AB:CD:EF" };
      const text = renderSummary(
        { ...EMPTY_SUMMARY, activate: [{ ...CERTIFICATE, name }] },
        NOW,
        () => identity,
      );
      expect(parseCertificateLine(text.split("\n")[1] ?? "")).toMatchObject({
        sign: "+",
        name: sanitize(name),
        identity: { subject: sanitize(subject), issuer: sanitize(issuer), sha256: "AB:CD:EF" },
      });
    }),
  );
});

test.each(["", "anything else", "+ cert_a", "Previewing update"])(
  "other lines are not parsed: %j",
  (line) => {
    expect([parseHeadline(line), parseCertificateLine(line)]).toEqual([undefined, undefined]);
  },
);
