import { ApiError } from "../../../provider/api/errors/apiError";
import type { ApiFailure } from "../../../provider/api/errors/apiError";
import { remedyFor } from "../../../provider/api/errors/remedies";

const FAILURE: ApiFailure = {
  kind: "refused",
  request: { method: "POST", path: "/organization/certificates/activate" },
  reason: "HTTP 400 expired_certificate: It has expired",
  mayHaveActed: false,
};

describe("the text of an ApiError", () => {
  test("names the request and the response", () => {
    expect(new ApiError(FAILURE).message).toBe(
      "POST /organization/certificates/activate: HTTP 400 expired_certificate: It has expired",
    );
  });

  test("adds the request id, and then the remedy", () => {
    const { message } = new ApiError({ ...FAILURE, requestId: "req_1", remedy: "Upload a successor." });
    expect(message).toMatch(/It has expired \(request id req_1\)\. Upload a successor\.$/);
  });

  test("ends the API's sentence once before the remedy, and changes none of its other periods", () => {
    const reason = "HTTP 400 x: See v1.2. It has expired.";
    expect(new ApiError({ ...FAILURE, reason, remedy: "Upload a successor." }).message).toMatch(
      /: See v1\.2\. It has expired\. Upload a successor\.$/,
    );
  });
});

describe("a remedy", () => {
  test.each([
    "certificate_required",
    "invalid_certificate",
    "certificate_verification_failed",
    "certificate_attribute_verification_failed",
  ])("for %s names both settings both ways, the host and the way back in", (code) => {
    for (const named of [
      "openai-certificates:clientCertificate",
      "openai-certificates:clientKey",
      "OPENAI_MTLS_CERT_CHAIN",
      "OPENAI_MTLS_KEY",
      "mtls.api.openai.com",
      "dashboard",
    ])
      expect(remedyFor(401, code)).toContain(named);
  });

  test("for a missing client certificate says which setting decides about the host", () => {
    expect(remedyFor(401, "certificate_required")).toContain(
      "calls mtls.api.openai.com, unless openai-certificates:baseUrl is set.",
    );
  });

  test("for a filter that does not match names the filter", () => {
    expect(remedyFor(401, "certificate_attribute_verification_failed")).toContain("(CEL)");
  });

  test("for 401 names the admin key, for 403 the permissions", () => {
    expect(remedyFor(401, "invalid_api_key")).toMatch(/openai-certificates:adminKey \(OPENAI_ADMIN_KEY\)/);
    expect(remedyFor(403, undefined)).toMatch(/api\.mtls\.read.+api\.mtls\.write/);
  });

  test("depends on the code where code and status differ", () => {
    expect(remedyFor(403, "expired_certificate")).toBe(remedyFor(400, "expired_certificate"));
    expect(remedyFor(403, "expired_certificate")).not.toBe(remedyFor(403, undefined));
  });

  test.each([
    [400, "certificate_in_use"],
    [404, undefined],
    [429, undefined],
    [500, "constructor"],
  ])("is not made up for %i %p", (status, code) => {
    expect(remedyFor(status, code)).toBeUndefined();
  });
});
