import { REMEDIES, remedyFor } from "../../../../provider/api/errors/remedies";
import type { FailedConnection, Failure } from "../../../../provider/api/errors/remedies";
import type { ClientCertificate } from "../../../../provider/settings/clientCertificate";
import { FAILURES } from "../../../support/failures";
import { NAMES } from "../../../support/names";

const CONNECTION: FailedConnection = { baseUrl: "https://api.openai.com/v1", names: NAMES };
const clientCertificate: ClientCertificate = { chain: [], chainPem: "", keyPem: "" };

const remedy = (failure: Failure, connection: Partial<FailedConnection> = {}): string =>
  remedyFor(failure, { ...CONNECTION, ...connection }) ?? "none";

describe("the table of remedies", () => {
  test("has a test for each cause", () => {
    expect(FAILURES.map(({ cause }) => cause)).toEqual(REMEDIES.map(({ cause }) => cause));
  });

  test.each(
    FAILURES.flatMap(({ cause, failures, baseUrl, words }) =>
      failures.map((failure) => ({ cause, failure, baseUrl, words })),
    ),
  )(
    "$cause: $failure.code $failure.status $failure.networkCode",
    ({ cause, failure, baseUrl = CONNECTION.baseUrl, words }) => {
      const connection = { ...CONNECTION, baseUrl };
      expect(REMEDIES.find(({ applies }) => applies(failure, connection))?.cause).toBe(cause);
      for (const word of words) expect(remedy(failure, connection)).toContain(word);
    },
  );
});

describe("the remedy for a missing client certificate", () => {
  const failure = { method: "GET", status: 401, code: "certificate_required", body: "API error" } as const;

  test("is the client certificate first, and the dashboard last, with what that costs", () => {
    expect(remedy(failure)).toMatch(
      /^mTLS is enforced\. The provider presented no client certificate\. Set .+ As the last way, deactivate .+ the API accepts every request that has a valid API key\.$/,
    );
  });

  test("is the host, where a client certificate is configured that the host does not read", () => {
    const text = remedy(failure, { clientCertificate });
    expect(text).toMatch(
      /The host in openai-certificates:baseUrl \(OPENAI_BASE_URL\) does not read .+ https:\/\/mtls\.api\.openai\.com\/v1/,
    );
    expect(text).not.toContain("openai-certificates:clientKey");
  });

  test("is another client certificate, where the host reads it", () => {
    const baseUrl = "https://mtls.api.openai.com/v1";
    expect(remedy(failure, { clientCertificate, baseUrl })).toContain(
      "Set openai-certificates:clientCertificate and",
    );
  });
});

describe("a permission", () => {
  test.each([
    ["GET", "api.mtls.read", "api.mtls.write"],
    ["POST", "api.mtls.write", "api.mtls.read"],
    ["DELETE", "api.mtls.write", "api.mtls.read"],
  ] as const)("that is missing for %s is %s", (method, missing, other) => {
    const text = remedy({ method, status: 403, body: "API error" });
    expect(text).toContain(missing);
    expect(text).not.toContain(other);
  });
});

describe("a remedy", () => {
  test.each<Partial<Failure>>([
    { status: 400, code: "certificate_in_use", body: "API error" },
    { status: 404, body: "API error" },
    { status: 429, body: "API error" },
    { status: 408, body: "other" },
    { status: 500, code: "constructor", body: "API error" },
    { status: 502, body: "web page" },
    { status: 302, body: "web page" },
    { status: 200, body: "other" },
    { networkCode: "ERR_BAD_RESPONSE" },
    {},
  ])("is not made up for %j", (failure) => {
    expect(remedy({ method: "GET", ...failure })).toBe("none");
  });

  test("depends on the code where code and status differ", () => {
    const expired = { method: "POST", code: "expired_certificate", body: "API error" } as const;
    expect(remedy({ ...expired, status: 403 })).toBe(remedy({ ...expired, status: 400 }));
  });

  test("for a base URL that has a version elsewhere in its path is not about that", () => {
    const failure = { method: "GET", status: 404, body: "other" } as const;
    expect(remedy(failure, { baseUrl: "https://gateway.example/v1/openai" })).toMatch(
      /^The response does not come/,
    );
  });
});
