import fc from "fast-check";
import { ApiError } from "../../../../provider/api/errors/apiError";
import type { ApiFailure, RequestLine } from "../../../../provider/api/errors/apiError";
import { describeFailure } from "../../../../provider/api/errors/describeFailure";
import type { Attempts } from "../../../../provider/api/errors/describeFailure";
import { canaryKey } from "../../../support/canary";
import { NAMES } from "../../../support/names";
import { SecretScanner } from "../../../support/secretScanner";
import { apiError, failedWith, withoutResponse } from "../failed";

const REQUEST: RequestLine = { method: "POST", path: "/organization/certificates/activate" };
const KEY = "sk-admin-a1B2c3D4";
const CONNECTION = {
  adminKey: KEY,
  timeoutSeconds: 30,
  baseUrl: "https://api.openai.com/v1",
  names: NAMES,
};

function describeIt(error: unknown, attempts: Partial<Attempts> = {}, elapsedMs = 0): ApiFailure {
  return describeFailure(
    error,
    REQUEST,
    { count: 1, mayHaveActed: false, ...attempts },
    elapsedMs,
    CONNECTION,
  );
}

describe("a failure", () => {
  test.each([
    [200, "unreadable"],
    [300, "refused"],
    [302, "refused"],
    [400, "refused"],
    [401, "refused"],
    [404, "refused"],
    [501, "unavailable"],
    [520, "unavailable"],
    [408, "unavailable"],
    [429, "unavailable"],
    [500, "unavailable"],
    [503, "unavailable"],
  ])("with status %i is %s", (status, kind) => {
    expect(describeIt(failedWith(status))).toMatchObject({ kind, status });
  });

  test("without a response is unavailable, with the cause in the network", () => {
    const { kind, reason, status } = describeIt(
      withoutResponse("ECONNREFUSED", "connect ECONNREFUSED 192.0.2.1:443"),
    );
    expect({ kind, status }).toEqual({ kind: "unavailable", status: undefined });
    expect(reason).toBe("no response: connect ECONNREFUSED 192.0.2.1:443 (ECONNREFUSED)");
  });

  test("with a redirect is described as not followed", () => {
    for (const status of [300, 399])
      expect(describeIt(failedWith(status)).reason).toBe(`HTTP ${status}, a redirect, which is not followed`);
  });

  test("does not show a code that is not a text", () => {
    expect(describeIt(Object.assign(new Error("no luck"), { code: 7 })).reason).toBe("no response: no luck");
  });

  test.each([
    [400, true],
    [499, true],
    [408, false],
    [500, false],
    [399, false],
  ])("with status %i from another server has a remedy: %s", (status, hasRemedy) => {
    expect("remedy" in describeIt(failedWith(status, "<html>"))).toBe(hasRemedy);
  });

  test.each([new Error(""), "thrown text", undefined])("of no words (%p) still has some", (error) => {
    expect(describeIt(error).reason).toBe("no response: the request failed");
  });

  test("repeats the API's code, message and request id", () => {
    const body = apiError({
      message: "It expires soon",
      code: "expired_certificate",
      type: "invalid_request_error",
    });
    expect(describeIt(failedWith(400, body, { "x-request-id": "req_1" }))).toMatchObject({
      reason: "HTTP 400 expired_certificate: It expires soon",
      code: "expired_certificate",
      requestId: "req_1",
      remedy: expect.stringContaining("successor") as string,
    });
  });

  test("shows the type where the API gives no code, and claims no code then", () => {
    const failure = describeIt(failedWith(400, apiError({ code: null, type: "invalid_request_error" })));
    expect(failure.reason).toBe("HTTP 400 invalid_request_error: no");
    expect(failure).not.toHaveProperty("code");
  });

  test.each(["", "<html>Bad gateway</html>", '{"error": "text"}', '{"error": {"code": 7}}', '{"err'])(
    "with the foreign body %j is described by its status alone",
    (body) => {
      expect(describeIt(failedWith(502, body)).reason).toBe("HTTP 502");
    },
  );

  test.each([401, 403, 404, 451])(
    "with status %i from another server than the API names the network",
    (status) => {
      const page = "<!doctype html><p>Blocked by policy</p>";
      for (const body of [page, "", '{"message": "Forbidden"}']) {
        const { remedy } = describeIt(failedWith(status, body));
        expect(remedy).toContain("HTTPS_PROXY");
        expect(remedy).toContain("openai-certificates:baseUrl (OPENAI_BASE_URL)");
        expect(remedy).not.toMatch(/permission|adminKey/);
      }
    },
  );

  test("HTTP 407 requests the credentials of the proxy", () => {
    expect(describeIt(failedWith(407, "<html>")).remedy).toContain("The proxy requires credentials");
  });

  test.each([
    [401, "openai-certificates:adminKey"],
    [403, "api.mtls.write"],
  ])("with status %i from the API names the key or its permissions", (status, text) => {
    expect(describeIt(failedWith(status, apiError({}))).remedy).toContain(text);
  });

  test.each([302, 408, 429, 502])("with status %i and a page has no remedy", (status) => {
    expect(describeIt(failedWith(status, "<html>"))).not.toHaveProperty("remedy");
  });

  test("by its deadline names the limit and its setting", () => {
    expect(describeIt(withoutResponse("ERR_CANCELED", "canceled"), { mayHaveActed: true })).toMatchObject({
      kind: "unavailable",
      reason: "no response: no complete response within 30 s, the limit that timeoutSeconds sets",
      mayHaveActed: true,
    });
  });

  test.each(["<!DOCTYPE html><title>Sign in</title>", "\n<html><body>"])(
    "with a page %j in place of the API's response names it, and the network",
    (page) => {
      const { kind, reason, remedy } = describeIt(failedWith(200, page));
      expect({ kind, reason }).toEqual({ kind: "unreadable", reason: "HTTP 200 with a web page" });
      expect(remedy).toMatch(/^A sign-in page .+openai-certificates:baseUrl .+HTTPS_PROXY/);
    },
  );

  test("of an unknown authority names the setting, and does not repeat the advice of Node.js", () => {
    const code = "UNABLE_TO_VERIFY_LEAF_SIGNATURE";
    const advice = "; if the root CA is installed locally, try running Node.js with --use-system-ca";
    const { reason, remedy } = describeIt(
      withoutResponse(code, `unable to verify the first certificate${advice}`),
    );
    expect(reason).toBe(`no response: unable to verify the first certificate (${code})`);
    expect(remedy).toContain("openai-certificates:caBundle (OPENAI_CA_BUNDLE)");
  });

  test("of OpenSSL is reduced to its reason and the number of the alert", () => {
    const message =
      "40ED0707687F0000:error:0A00045C:SSL routines:ssl3_read_bytes:tlsv13 alert certificate required:" +
      "../deps/openssl/openssl/ssl/record/rec_layer_s3.c:918:SSL alert number 116\n";
    expect(describeIt(withoutResponse("ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", message)).reason).toBe(
      "no response: tlsv13 alert certificate required, SSL alert number 116 (ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED)",
    );
    const wrong =
      "write EPROTO 40ED:error:0A00010B:SSL routines:tls_validate_record_header:wrong version number:../deps/a.c:80:\n";
    expect(describeIt(withoutResponse("EPROTO", wrong)).reason).toBe(
      "no response: write EPROTO wrong version number (ERR_SSL_WRONG_VERSION_NUMBER)",
    );
  });

  test("by a redirect or by half a body is named as such", () => {
    expect(describeIt(failedWith(307)).reason).toMatch(/a redirect, which is not followed/);
    expect(describeIt(failedWith(200, '{"object"')).reason).toMatch(/not JSON, or was cut/);
  });

  test("reports attempts and elapsed time when there was more than one attempt", () => {
    expect(describeIt(failedWith(503), { count: 3 }, 61_200).reason).toBe("HTTP 503; 3 attempts in 62 s");
    expect(describeIt(withoutResponse("ECONNRESET"), { count: 2 }, 10).reason).toMatch(
      /; 2 attempts in 1 s$/,
    );
    expect(describeIt(failedWith(503), { count: 1 }, 61_200).reason).toBe("HTTP 503");
  });

  test.each([true, false])(
    "keeps whether any attempt may have acted (%p), whatever the last one was",
    (mayHaveActed) => {
      expect(describeIt(failedWith(403), { mayHaveActed }).mayHaveActed).toBe(mayHaveActed);
      expect(describeIt(withoutResponse("ECONNREFUSED"), { mayHaveActed }).mayHaveActed).toBe(mayHaveActed);
    },
  );

  test("keeps nothing of the request but its method and path", () => {
    const request = { ...REQUEST, body: { certificate: "PEM" }, query: { after: "cert_a" } };
    const failure = describeFailure(
      failedWith(400),
      request,
      { count: 1, mayHaveActed: false },
      0,
      CONNECTION,
    );
    expect(failure.request).toEqual(REQUEST);
    expect(JSON.stringify(failure)).not.toContain("sk-admin-in-the-request");
  });
});

describe("the admin key", () => {
  const keys = fc.stringMatching(/^sk-admin-[A-Za-z0-9_-]{8,60}$/);
  const words = fc.string({ unit: "binary", maxLength: 600 });
  const places = fc.record({
    message: fc.array(words, { maxLength: 3 }),
    code: fc.array(words, { maxLength: 3 }),
    type: fc.array(words, { maxLength: 3 }),
    requestId: fc.array(words, { maxLength: 3 }),
  });
  const texts = (failure: ApiFailure): string =>
    [JSON.stringify(failure), new ApiError(failure).message, new ApiError(failure).stack].join("\n");

  test("is in no part of a failure, wherever and however often the API repeats it", () => {
    fc.assert(
      fc.property(keys, places, fc.constantFrom(302, 400, 401, 403, 429, 500), (key, place, status) => {
        const around = (parts: readonly string[]): string => ["", ...parts, ""].join(key);
        const body = apiError({
          message: around(place.message),
          code: around(place.code),
          type: around(place.type),
        });
        const error = failedWith(status, body, { "x-request-id": around(place.requestId) });
        const failure = describeFailure(error, REQUEST, { count: 2, mayHaveActed: true }, 0, {
          ...CONNECTION,
          adminKey: key,
        });
        expect(texts(failure)).not.toContain(key);
      }),
    );
  });

  test("is in no part of a failure of the network", () => {
    fc.assert(
      fc.property(keys, words, (key, word) => {
        const error = withoutResponse("EPROTO", `${word}${key}${word}`);
        const failure = describeFailure(error, REQUEST, { count: 1, mayHaveActed: false }, 0, {
          ...CONNECTION,
          adminKey: key,
        });
        expect(texts(failure)).not.toContain(key);
      }),
    );
  });

  test("is in no part of a failure when white space or markup of the API or a proxy has broken it", () => {
    const key = canaryKey("broken");
    for (const gap of [" ", "\n", "\u200b", "<br>", "&#10;"]) {
      const broken = key.slice(0, 70) + gap + key.slice(70);
      const failure = describeFailure(
        failedWith(401, apiError({ message: `no: ${broken}` })),
        REQUEST,
        { count: 1, mayHaveActed: false },
        0,
        { ...CONNECTION, adminKey: key },
      );
      const scanner = new SecretScanner([key, key.slice(12, 60)]);
      scanner.scan(gap, texts(failure));
      expect(scanner.found).toEqual([]);
    }
  });

  test("leaves a mark where it was, so that the message still reads", () => {
    const failure = describeIt(failedWith(401, apiError({ message: `Incorrect API key provided: ${KEY}` })));
    expect(failure.reason).toBe("HTTP 401: Incorrect API key provided: [redacted]");
  });
});
