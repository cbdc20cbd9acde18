import type { ObservedScope } from "../../../cli/check/look/look";
import { exitCodeOf } from "../../../cli/check/model/report";
import type { CheckReport } from "../../../cli/check/model/report";
import { assessed, listed, NOW, observed, organization, project, reported, trustedBy } from "./cases";

const LENIENT = { days: 30, requiresEnforcement: false };
const STRICT = { days: 30, requiresEnforcement: true };
const FAILED = { failure: "GET /x: HTTP 503" };

const kinds = ({ problems }: CheckReport) => problems.map(({ kind }) => kind);
const of = (...scopes: readonly ObservedScope[]) => reported(observed(scopes), LENIENT);

test.each([
  ["0 when nothing is wrong", of(organization(listed("cert_a", 31))), 0],
  ["0 when nothing is active", of(organization()), 0],
  ["1 when something expires", of(organization(listed("cert_a", 30))), 1],
  ["1 when something has expired", of(organization(listed("cert_a", -1))), 1],
  ["0 when only unused certificates expire", of(organization(listed("cert_a", 3, false))), 0],
  [
    "2 when a project cannot be listed",
    of(organization(listed("cert_a", 3)), { ...project("p"), ...FAILED }),
    2,
  ],
  ["2 without access", of({ ...organization(), ...FAILED }), 2],
])("the exit code is %s", (_case, report, exitCode) => {
  expect(exitCodeOf(report)).toBe(exitCode);
});

test("a certificate that is active in several places is one problem, which names them", () => {
  const report = of(organization(listed("cert_a", 3)), project("proj_a", listed("cert_a", 3)));
  expect(report.problems.map(({ message }) => message)).toEqual([
    'cert_a "name of cert_a" expires 2026-12-01 (in 3 days). Active in the organization, project proj_a. Upload and ' +
      "activate its successor before then.",
  ]);
});

test("an active certificate that is not valid yet is a problem", () => {
  const certificate = { ...listed("cert_a", 300), certificateDetails: { validAt: NOW + 86_400 } };
  expect(kinds(of(organization(certificate)))).toEqual(["not yet valid"]);
});

test("a rejected client is a problem, with the reasons other than another issuer", async () => {
  const standing = {
    kind: "rejected",
    rejections: [
      { id: "cert_a", rejection: { reason: "another issuer" } },
      { id: "cert_b", rejection: { reason: "path length" } },
    ],
  } as const;
  const report = reported(
    observed([organization(listed("cert_a", 300))], [await assessed("billing", standing)]),
    LENIENT,
  );
  expect(report.problems.map(({ message }) => message)).toEqual([
    "billing is rejected: no active certificate trusts CN=billing, issued by CN=unknown. cert_b: the path is longer " +
      "than one of its CAs allows. Deploy a certificate that an active one issued, or activate that of its issuer.",
  ]);
  expect(exitCodeOf(report)).toBe(1);
});

test("a client that expires is a problem, also the one of the check itself", async () => {
  const clients = [await assessed("billing", trustedBy("cert_a"), 10)];
  const own = await assessed("OPENAI_MTLS_CERT_CHAIN", trustedBy("cert_a"), 20);
  const report = reported(observed([organization(listed("cert_a", 300))], clients, { own }), LENIENT);
  expect(report.problems.map(({ message }) => message)).toEqual([
    "OPENAI_MTLS_CERT_CHAIN: CN=OPENAI_MTLS_CERT_CHAIN expires 2026-12-18 (in 20 days). Deploy its successor before then.",
    "billing: CN=billing expires 2026-12-08 (in 10 days). Deploy its successor before then.",
  ]);
});

test("that no active certificate trusts the check itself is no problem, because the API has responded", async () => {
  const own = await assessed("OPENAI_MTLS_CERT_CHAIN", { kind: "rejected", rejections: [] });
  const report = reported(observed([organization(listed("cert_a", 300))], [], { own }), LENIENT);
  expect(report.problems).toEqual([]);
});

describe("--enforced", () => {
  const strict = (...scopes: readonly ObservedScope[]) => kinds(reported(observed(scopes), STRICT));

  test("fails when nothing is active in the organization", () => {
    expect(strict(organization(listed("cert_a", 300, false)))).toEqual(["not enforced"]);
    expect(strict(organization(listed("cert_a", 300)))).toEqual([]);
  });

  test("is about the projects, if any are given, and these inherit from the organization", () => {
    const active = listed("cert_a", 300);
    expect(strict(organization(), project("proj_a", active))).toEqual([]);
    expect(strict(organization(), project("proj_a", active), project("proj_b"))).toEqual(["not enforced"]);
    expect(strict(organization(active), project("proj_a"))).toEqual([]);
  });

  test("does not report a project whose certificates are not known as not enforced", () => {
    expect(strict(organization(), { ...project("proj_a"), ...FAILED })).toEqual(["not listed"]);
  });
});

test("certificates are listed once, active ones first, then by expiry", () => {
  const report = of(
    organization(listed("cert_c", 50, false), listed("cert_a", 300), listed("cert_b", 40, false)),
    project("proj_a", listed("cert_c", 50), listed("cert_a", 300, false)),
  );
  expect(report.certificates.map(({ id, activeIn }) => [id, activeIn])).toEqual([
    ["cert_c", ["project proj_a"]],
    ["cert_a", ["organization"]],
    ["cert_b", []],
  ]);
});
