import {
  effectOnEnforcement,
  enforcementMeaning,
  enforcementNotices,
  policyViolation,
} from "../../../../provider/activation/guards/enforcement";
import { ORGANIZATION } from "../../../../provider/api/scope";
import { NAMES } from "../../../support/names";
import { chunk, off, on } from "../given";

const PROJECT = { kind: "project", projectId: "proj_abc" } as const;

describe("enforcement", () => {
  test.each([
    ["turns on", "the first certificate is activated", [chunk("activate", ["a"])], off("a")],
    ["turns off", "the last is deactivated", [chunk("deactivate", ["a"])], on("a")],
    [
      "turns off",
      "all go off in two steps",
      [chunk("deactivate", ["a"]), chunk("deactivate", ["b"])],
      on("a", "b"),
    ],
    [
      "stays on",
      "one takes over from the last",
      [chunk("activate", ["b"]), chunk("deactivate", ["a"])],
      on("a"),
    ],
    ["stays on", "another is left", [chunk("deactivate", ["a"])], on("a", "b")],
    ["stays on", "nothing is done while one is active", [], on("a")],
    ["stays off", "nothing is done and none is active", [], off("a")],
  ] as const)("%s when %s", (change, _, chunks, actual) => {
    expect(effectOnEnforcement(chunks, actual)).toBe(change);
  });

  test.each(["stays on", "stays off"] as const)(
    "that %s is not worth a word, and no policy minds",
    (change) => {
      expect(enforcementNotices(change, ORGANIZATION, "not configured", NAMES)).toEqual([]);
      expect(policyViolation(change, "refuse", ORGANIZATION)).toBeUndefined();
    },
  );

  test("that turns on is announced with its scope, whom it concerns and the way back", () => {
    expect(enforcementNotices("turns on", ORGANIZATION, "presented", NAMES)).toEqual([
      "mTLS will be enforced for the organization: the API will reject every request without a client certificate " +
        "issued by an active certificate, even with a valid API key. Clients must call mtls.api.openai.com (or " +
        "mtls-us., mtls-eu.) with their certificate. If clients are locked out, deactivate the certificate in the " +
        "dashboard (mTLS does not apply there).",
    ]);
  });

  test("that turns on is announced with a warning of its own to a provider without a client certificate", () => {
    const [, warning, ...more] = enforcementNotices("turns on", PROJECT, "not configured", NAMES);
    expect(warning).toMatch(
      /^no client certificate is configured for the provider, so .* may reject the provider's own next request in project proj_abc\. Set openai-certificates:clientCertificate .* before you continue\.$/,
    );
    expect(more).toEqual([]);
  });

  test("that turns on is announced with a warning when the host does not accept the client certificate", () => {
    const [, warning, ...more] = enforcementNotices("turns on", ORGANIZATION, "ignored by the host", NAMES);
    expect(warning).toMatch(
      /^a client certificate .* openai-certificates:baseUrl does not accept client certificates, so .* requests in the organization\. Set openai-certificates:baseUrl to https:\/\/mtls\.api\.openai\.com\/v1 .* before you continue\.$/,
    );
    expect(more).toEqual([]);
    expect(enforcementNotices("turns off", ORGANIZATION, "ignored by the host", NAMES)).toHaveLength(1);
  });

  test("that turns off locks nobody out, so a provider without a client certificate is not warned", () => {
    expect(enforcementNotices("turns off", PROJECT, "not configured", NAMES)).toEqual([
      "mTLS will be turned off for project proj_abc: the API will accept requests with an API key alone. X.509 " +
        "workload identity, which uses the same certificates, stops working, too.",
    ]);
  });

  test.each(["turns on", "turns off"] as const)(
    "that %s is refused by the policy, and by no other",
    (change) => {
      const refusal = policyViolation(change, "refuse", ORGANIZATION);
      expect(refusal).toContain("No changes were made.");
      expect(refusal).toContain(enforcementMeaning(change, ORGANIZATION));
      expect(refusal).toContain('Set it to "warn" to allow this.');
      expect(policyViolation(change, "warn", ORGANIZATION)).toBeUndefined();
    },
  );
});
