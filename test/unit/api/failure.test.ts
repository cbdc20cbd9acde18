import fc from "fast-check";
import { ApiError, type ApiFailure, type RequestLine } from "../../../provider/api/errors/apiError";
import { describeFailure, type Attempts } from "../../../provider/api/errors/describeFailure";
import { answered, apiError, unanswered } from "./failed";

const REQUEST: RequestLine = { method: "POST", path: "/organization/certificates/activate" };
const KEY = "sk-admin-a1B2c3D4";
const CONNECTION = { adminKey: KEY, timeoutSeconds: 30 };

function describeIt(error: unknown, tries: Partial<Attempts> = {}, elapsedMs = 0): ApiFailure {
  return describeFailure(error, REQUEST, { count: 1, mayHaveActed: false, ...tries }, elapsedMs, CONNECTION);
}

describe("a failure", () => {
  test.each([
    [200, "unreadable"],
    [302, "refused"],
    [400, "refused"],
    [401, "refused"],
    [404, "refused"],
    [501, "refused"],
    [408, "unavailable"],
    [429, "unavailable"],
    [500, "unavailable"],
    [503, "unavailable"],
  ])("answered %i is %s", (status, kind) => {
    expect(describeIt(answered(status))).toMatchObject({ kind, status });
  });

  test("without an answer is unavailable, and says what the network said", () => {
    const { kind, reason, status } = describeIt(
      unanswered("ECONNREFUSED", "connect ECONNREFUSED 192.0.2.1:443"),
    );
    expect({ kind, status }).toEqual({ kind: "unavailable", status: undefined });
    expect(reason).toBe("no answer: connect ECONNREFUSED 192.0.2.1:443 (ECONNREFUSED)");
  });

  test.each([new Error(""), "thrown text", undefined])("of no words (%p) still has some", (error) => {
    expect(describeIt(error).reason).toBe("no answer: the request failed");
  });

  test("repeats the API's code, message and request id", () => {
    const body = apiError({
      message: "It expires soon",
      code: "expired_certificate",
      type: "invalid_request_error",
    });
    expect(describeIt(answered(400, body, { "x-request-id": "req_1" }))).toMatchObject({
      reason: "answered 400 expired_certificate: It expires soon",
      code: "expired_certificate",
      requestId: "req_1",
      remedy: expect.stringContaining("successor") as string,
    });
  });

  test("shows the type where the API gives no code, and claims no code then", () => {
    const failure = describeIt(answered(400, apiError({ code: null, type: "invalid_request_error" })));
    expect(failure.reason).toBe("answered 400 invalid_request_error: no");
    expect(failure).not.toHaveProperty("code");
  });

  test.each(["", "<html>Bad gateway</html>", '{"error": "text"}', '{"error": {"code": 7}}', '{"err'])(
    "with the foreign body %j is told by its status alone",
    (body) => {
      expect(describeIt(answered(502, body)).reason).toBe("answered 502");
    },
  );

  test.each([401, 403, 404, 451])(
    "answered %i by something else than the API names the network",
    (status) => {
      const page = "<!doctype html><p>Blocked by policy</p>";
      for (const body of [page, "", '{"message": "Forbidden"}']) {
        const { remedy } = describeIt(answered(status, body));
        expect(remedy).toContain("HTTPS_PROXY");
        expect(remedy).toContain("openai-certificates:baseUrl (OPENAI_BASE_URL)");
        expect(remedy).not.toMatch(/permission|adminKey/);
      }
    },
  );

  test("answered 407 asks for the credentials of the proxy", () => {
    expect(describeIt(answered(407, "<html>")).remedy).toContain("The proxy requires credentials");
  });

  test.each([
    [401, "openai-certificates:adminKey"],
    [403, "api.mtls.read"],
  ])("answered %i by the API names the key or its permissions", (status, text) => {
    expect(describeIt(answered(status, apiError({}))).remedy).toContain(text);
  });

  test.each([302, 408, 429, 502])("answered %i with a page has no remedy", (status) => {
    expect(describeIt(answered(status, "<html>"))).not.toHaveProperty("remedy");
  });

  test("by its deadline says so in words, with the limit and its setting", () => {
    expect(describeIt(unanswered("ERR_CANCELED", "canceled"), { mayHaveActed: true })).toMatchObject({
      kind: "unavailable",
      reason: "no answer: no complete response within 30 s, the limit that timeoutSeconds sets",
      mayHaveActed: true,
    });
  });

  test("by a redirect or by half a body is named as such", () => {
    expect(describeIt(answered(307)).reason).toMatch(/a redirect, which is not followed/);
    expect(describeIt(answered(200, '{"object"')).reason).toMatch(/not JSON, or was cut/);
  });

  test("says how often and how long it was tried, when that was more than once", () => {
    expect(describeIt(answered(503), { count: 3 }, 61_200).reason).toBe(
      "answered 503; tried 3 times in 62 s",
    );
    expect(describeIt(unanswered("ECONNRESET"), { count: 2 }, 10).reason).toMatch(/; tried 2 times in 1 s$/);
    expect(describeIt(answered(503), { count: 1 }, 61_200).reason).toBe("answered 503");
  });

  test.each([true, false])(
    "keeps whether any try may have acted (%p), whatever the last one was",
    (mayHaveActed) => {
      expect(describeIt(answered(403), { mayHaveActed }).mayHaveActed).toBe(mayHaveActed);
      expect(describeIt(unanswered("ECONNREFUSED"), { mayHaveActed }).mayHaveActed).toBe(mayHaveActed);
    },
  );

  test("keeps nothing of the request but its method and path", () => {
    const request = { ...REQUEST, body: { certificate: "PEM" }, query: { after: "cert_a" } };
    const failure = describeFailure(answered(400), request, { count: 1, mayHaveActed: false }, 0, CONNECTION);
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
        const error = answered(status, body, { "x-request-id": around(place.requestId) });
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
        const error = unanswered("EPROTO", `${word}${key}${word}`);
        const failure = describeFailure(error, REQUEST, { count: 1, mayHaveActed: false }, 0, {
          ...CONNECTION,
          adminKey: key,
        });
        expect(texts(failure)).not.toContain(key);
      }),
    );
  });

  test("leaves a mark where it was, so that the message still reads", () => {
    const failure = describeIt(answered(401, apiError({ message: `Incorrect API key provided: ${KEY}` })));
    expect(failure.reason).toBe("answered 401: Incorrect API key provided: [redacted]");
  });
});
