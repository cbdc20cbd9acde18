import { describeRejection } from "../../../provider/clients/messages";
import { outcomesOf } from "../../../provider/clients/outcome";
import { reviewClients } from "../../../provider/clients/review";
import type { ClientReview, ReviewInput } from "../../../provider/clients/review";
import type { ActiveSet, Verdicts } from "../../../provider/clients/standing";
import { issueCa, issueClient, issueIntermediate } from "../../emulator/certificates/issue";
import { DAY_SECONDS, NOW } from "../activation/given";
import { knownClient } from "./given";
import { active, verdicts } from "./verdicts";

const CANDIDATES = [
  { id: "cert_a", name: "gateway-2026" },
  { id: "cert_b", name: "gateway-2027" },
  { id: "cert_c", name: null },
];

let pem: string;
let issuingPem: string;
beforeAll(async () => {
  const ca = await issueCa({ name: "Gateway CA 2026" });
  // Later than the dates of all tests.
  pem = (await issueClient(ca, { name: "batch", expires: new Date((NOW + 500 * DAY_SECONDS) * 1000) })).pem;
  issuingPem = (await issueIntermediate(ca, { name: "issuing" })).pem;
});

const KNOWN = verdicts({ batch: { cert_a: true, cert_b: false, cert_c: false } });

function review(
  before: ActiveSet,
  after: ActiveSet,
  more: Partial<ReviewInput> = {},
  known: Verdicts = KNOWN,
  text = pem,
): ClientReview {
  return reviewClients({
    outcomes: outcomesOf(["batch"], { before, after }, known),
    clients: [knownClient("batch", text)],
    candidates: CANDIDATES,
    policy: "refuse",
    needsProof: false,
    expiryWarningDays: 30,
    now: NOW,
    ...more,
  });
}

describe("a client that would be locked out", () => {
  const LOST =
    'batch would be rejected: issued by "gateway-2026" (cert_a), which this update deactivates. Deploy a certificate of ' +
    '"gateway-2027" (cert_b) or cert_c first, or keep "gateway-2026" (cert_a).';

  test("fails the preview and the update by its name, with the remedy", () => {
    const [before, after] = [active(["cert_a", "cert_b", "cert_c"]), active(["cert_b", "cert_c"])];
    expect(review(before, after)).toEqual({ failures: [LOST], warnings: [] });
    expect(review(before, after, { needsProof: true })).toEqual({ failures: [LOST], warnings: [] });
    expect(review(before, after, { policy: "warn", needsProof: true })).toEqual({
      failures: [],
      warnings: [LOST],
    });
  });

  test("by the start of enforcement, too", () => {
    expect(review(active([]), active(["cert_b"])).failures).toEqual([
      "batch would be rejected as soon as mTLS is enforced: no certificate that this update activates trusts it, issued " +
        "by CN=Gateway CA 2026. Activate the certificate of its issuer, or deploy a certificate of " +
        '"gateway-2027" (cert_b) first.',
    ]);
  });

  test("gets the reason why its issuer's other certificates do not trust it", () => {
    const expired = { reason: "expired", subject: "CN=issuing", at: NOW - DAY_SECONDS } as const;
    const known = verdicts({ batch: { cert_a: true, cert_b: { trusted: false, rejection: expired } } });
    expect(review(active(["cert_a", "cert_b"]), active(["cert_b"]), {}, known).failures).toEqual([
      'batch would be rejected: issued by "gateway-2026" (cert_a), which this update deactivates ("gateway-2027" ' +
        '(cert_b): CN=issuing expired on 2027-01-14). Deploy a certificate of "gateway-2027" (cert_b) first, or keep ' +
        '"gateway-2026" (cert_a).',
    ]);
  });

  test("may be a CA that issues clients", () => {
    expect(review(active(["cert_a"]), active(["cert_b"]), {}, KNOWN, issuingPem).failures).toEqual([
      'batch would be rejected: trusted by "gateway-2026" (cert_a), which this update deactivates. Issue clients from ' +
        '"gateway-2027" (cert_b) first, or keep "gateway-2026" (cert_a).',
    ]);
  });

  test("is not followed by a list without end", () => {
    const ids = Array.from({ length: 9 }, (_, index) => `cert_${index}`);
    const known = verdicts({ batch: { cert_a: true, ...Object.fromEntries(ids.map((id) => [id, false])) } });
    expect(review(active(["cert_a"]), active(ids), {}, known).failures[0]).toContain(
      "Deploy a certificate of cert_0, cert_1, cert_2, cert_3, cert_4, and 4 more first",
    );
  });
});

describe("a client of which that is not certain", () => {
  test.each([
    [active(["cert_a"]), active(["cert_b", "cert_x"]), "cert_x could not be read"],
    [
      active(["cert_a"]),
      active(["cert_b"], { possible: new Set(["cert_a"]) }),
      'it depends on whether "gateway-2026" (cert_a) is active after the update',
    ],
    [
      active(["cert_a"]),
      active(["cert_b"], { isIncomplete: true }),
      "some of the certificates to activate are known only during the update",
    ],
    [
      active(["cert_x"]),
      active(["cert_b"]),
      "cert_x could not be read, so it is not known whether it was trusted before",
    ],
  ])("is a warning in the preview, and fails the update: %o to %o", (before, after, why) => {
    const message = `whether batch would be rejected was not determined: ${why}.`;
    expect(review(before, after)).toEqual({ failures: [], warnings: [message] });
    expect(review(before, after, { needsProof: true })).toEqual({ failures: [message], warnings: [] });
    expect(review(before, after, { needsProof: true, policy: "warn" })).toEqual({
      failures: [],
      warnings: [message],
    });
  });
});

test("a client of which nothing is known, and from which nothing is taken away, is a warning", () => {
  const unread = active(["cert_x", "cert_b"]);
  expect(review(unread, active(["cert_x"]), { needsProof: true })).toEqual({
    failures: [],
    warnings: [
      "whether batch is trusted was not determined: cert_x could not be read. The update deactivates no certificate that " +
        "might trust it.",
    ],
  });
});

test("a client that was rejected before is a warning", () => {
  expect(review(active(["cert_c"]), active(["cert_b"]), { needsProof: true })).toEqual({
    failures: [],
    warnings: [
      "batch is rejected already: issued by CN=Gateway CA 2026, which is not active. Deploy a certificate of " +
        '"gateway-2027" (cert_b), or remove it from clients if it is no longer in use.',
    ],
  });
});

describe("a client that is trusted", () => {
  const trusted = active(["cert_a"]);

  test("is not mentioned", () => {
    expect(review(trusted, trusted)).toEqual({ failures: [], warnings: [] });
  });

  test("but its expiry is, and that of a certificate above it", () => {
    const soon = NOW + 12 * DAY_SECONDS;
    const known = verdicts({ batch: { cert_a: { trusted: true, until: soon } } });
    expect(review(trusted, trusted, {}, known).warnings).toEqual([
      "batch: a certificate above it expires 2027-01-27 (in 12 days). Deploy its successor before then.",
    ]);
    expect(review(trusted, trusted, { expiryWarningDays: 11 }, known).warnings).toEqual([]);
    const now = NOW + 490 * DAY_SECONDS;
    const long = verdicts({ batch: { cert_a: { trusted: true, until: now + 900 * DAY_SECONDS } } });
    expect(review(trusted, trusted, { now }, long).warnings).toEqual([
      "batch: CN=batch expires 2028-05-29 (in 10 days). Deploy its successor before then.",
    ]);
  });
});

test.each([
  [{ reason: "another issuer" }, "did not issue it"],
  [{ reason: "expired", subject: "CN=a", at: NOW }, "CN=a expired on 2027-01-15"],
  [{ reason: "not yet valid", subject: "CN=a", at: NOW }, "CN=a is not valid before 2027-01-15"],
  [{ reason: "usage", subject: "CN=a" }, "CN=a is not meant for client authentication"],
  [{ reason: "not a CA", subject: "CN=a" }, "CN=a is not a CA"],
  [{ reason: "path length" }, "the path is longer than one of its CAs allows"],
  [{ reason: "name constraints", subject: "CN=a" }, "the name constraints of CN=a do not allow its names"],
  [
    { reason: "unknown critical extension", subject: "CN=a", detail: "1.2.3" },
    "CN=a has a critical extension that servers do not know (1.2.3)",
  ],
  [{ reason: "key identifiers" }, "the key identifiers of the path do not match"],
  [
    { reason: "weak key", subject: "CN=a", detail: "RSA with 1024 bits" },
    "CN=a has a weak key (RSA with 1024 bits)",
  ],
  [{ reason: "weak digest", subject: "CN=a", detail: "SHA-1" }, "CN=a is signed with a weak digest (SHA-1)"],
  [{ reason: "unreadable" }, "a certificate of the path cannot be read"],
  [{ reason: "other", detail: "CERT_REVOKED" }, "OpenSSL rejects the path (CERT_REVOKED)"],
  // What a state remembers has no details.
  [{ reason: "expired" }, "a certificate of the path expired"],
] as const)("%o reads: %s", (rejection, text) => {
  expect(describeRejection(rejection)).toBe(text);
});
