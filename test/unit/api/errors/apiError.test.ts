import { ApiError } from "../../../../provider/api/errors/apiError";
import type { ApiFailure } from "../../../../provider/api/errors/apiError";

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
