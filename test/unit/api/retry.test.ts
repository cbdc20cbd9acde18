import fc from "fast-check";
import { classifyFailure, isUsable, parseJson } from "../../../provider/api/retry";
import { apiError, failedWith, response, withoutResponse } from "./failed";

afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

describe("a failed attempt", () => {
  test.each([
    [408, { retryable: true, mayHaveActed: true, rateLimited: false, maxAttempts: 3 }],
    [409, { retryable: true, mayHaveActed: false, rateLimited: false, maxAttempts: 3 }],
    [429, { retryable: true, mayHaveActed: false, rateLimited: true }],
    [500, { retryable: true, mayHaveActed: true, rateLimited: false }],
    [502, { retryable: true, mayHaveActed: true, rateLimited: false }],
    [503, { retryable: true, mayHaveActed: true, rateLimited: false }],
    [504, { retryable: true, mayHaveActed: true, rateLimited: false }],
    [501, { retryable: true, mayHaveActed: true, rateLimited: false }],
    [520, { retryable: true, mayHaveActed: true, rateLimited: false }],
    [522, { retryable: true, mayHaveActed: true, rateLimited: false }],
    [524, { retryable: true, mayHaveActed: true, rateLimited: false }],
    [530, { retryable: true, mayHaveActed: true, rateLimited: false }],
    [302, { retryable: false, mayHaveActed: false, rateLimited: false }],
    [400, { retryable: false, mayHaveActed: false, rateLimited: false }],
    [401, { retryable: false, mayHaveActed: false, rateLimited: false }],
    [403, { retryable: false, mayHaveActed: false, rateLimited: false }],
    [404, { retryable: false, mayHaveActed: false, rateLimited: false }],
    [425, { retryable: false, mayHaveActed: false, rateLimited: false }],
  ])("with status %i is classified by it", (status, expected) => {
    expect(classifyFailure(failedWith(status))).toEqual({ ...expected, retryAfterMs: 0 });
  });

  test("with a success that cannot be read may have acted, and is retried", () => {
    expect(classifyFailure(failedWith(200, "{"))).toMatchObject({ retryable: true, mayHaveActed: true });
  });

  test.each([
    "certificate_in_use",
    "expired_certificate",
    "mtls_certificate_invalid",
    "mtls_cel_policy_invalid",
  ])("with status 409 and the permanent code %s is not retried", (code) => {
    const failed = (status: number) => classifyFailure(failedWith(status, apiError({ code }))).retryable;
    expect(failed(409)).toBe(false);
    expect(failed(503)).toBe(true);
  });

  test("with status 409 and another code is retried", () => {
    expect(classifyFailure(failedWith(409, apiError({ code: "lock_timeout" }))).retryable).toBe(true);
  });

  test.each([408, 409, 429, 500, 520])(
    "with status %i is not retried if the response forbids it",
    (status) => {
      const failed = (value: string) => failedWith(status, "", { "x-should-retry": value });
      expect(classifyFailure(failed("false")).retryable).toBe(false);
      expect(classifyFailure(failed("true")).retryable).toBe(true);
    },
  );

  test.each([408, 409])("with status %i is not retried if it requests a long wait", (status) => {
    const failed = (seconds: number) =>
      classifyFailure(failedWith(status, "", { "retry-after": String(seconds) })).retryable;
    expect(failed(20)).toBe(true);
    expect(failed(21)).toBe(false);
  });

  test.each(["ECONNREFUSED", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"])(
    "that ended with %s was never sent, and is retried as long as the budget allows",
    (code) => {
      const failed = classifyFailure(withoutResponse(code));
      expect(failed).toMatchObject({ retryable: true, mayHaveActed: false });
      expect(failed).not.toHaveProperty("maxAttempts");
    },
  );

  test("because the host does not exist was never sent, and is retried twice", () => {
    expect(classifyFailure(withoutResponse("ENOTFOUND"))).toMatchObject({
      retryable: true,
      mayHaveActed: false,
      maxAttempts: 3,
    });
  });

  test.each(["ECONNRESET", "ECONNABORTED", "ETIMEDOUT", "EPIPE", "ERR_CANCELED"])(
    "that ended with %s may have acted, and is retried",
    (code) => {
      expect(classifyFailure(withoutResponse(code))).toMatchObject({ retryable: true, mayHaveActed: true });
    },
  );

  test.each(["CERT_HAS_EXPIRED", "DEPTH_ZERO_SELF_SIGNED_CERT", "ERR_TLS_CERT_ALTNAME_INVALID", "EPROTO"])(
    "that ended with %s is not retried: TLS would fail again",
    (code) => {
      expect(classifyFailure(withoutResponse(code)).retryable).toBe(false);
    },
  );

  test("that is not an HTTP error is not retried, and may have acted", () => {
    expect(classifyFailure(new TypeError("a bug"))).toMatchObject({ retryable: false, mayHaveActed: true });
  });

  test("without a response is not a rate limit, and does not request a wait", () => {
    expect(classifyFailure(withoutResponse("ECONNRESET"))).toMatchObject({
      rateLimited: false,
      retryAfterMs: 0,
    });
  });

  test("that only has the code of a network error is not retried", () => {
    const foreign = Object.assign(new Error("no luck"), { code: "ECONNREFUSED" });
    expect(classifyFailure(foreign)).toMatchObject({ retryable: false, mayHaveActed: true });
  });

  test("is never classified by the text of the API's message", () => {
    const failed = failedWith(400, "rate limit exceeded, please retry: 503 429");
    expect(classifyFailure(failed).retryable).toBe(false);
  });
});

describe("Retry-After", () => {
  const requested = (value: string): number =>
    classifyFailure(failedWith(429, "", { "retry-after": value })).retryAfterMs;

  test("is read in seconds", () => {
    expect(requested("7")).toBe(7_000);
  });

  test("is read as a date", () => {
    jest.useFakeTimers({ now: Date.UTC(2030, 0, 1) });
    expect(requested("Tue, 01 Jan 2030 00:00:20 GMT")).toBe(20_000);
  });

  test("is respected for other statuses than 429, too", () => {
    expect(classifyFailure(failedWith(503, "", { "retry-after": "3" })).retryAfterMs).toBe(3_000);
  });

  test.each(["121", "86400", "1e12", "Infinity"])("of %s is respected for two minutes at most", (value) => {
    expect(requested(value)).toBe(120_000);
  });

  test.each(["0", "-5", "soon", "NaN", "Thu, 01 Jan 1970 00:00:00 GMT"])("of %p is ignored", (value) => {
    expect(requested(value)).toBe(0);
  });
});

describe("retry-after-ms", () => {
  const requested = (headers: Record<string, string>): number =>
    classifyFailure(failedWith(503, "", headers)).retryAfterMs;

  test("takes precedence over Retry-After", () => {
    expect(requested({ "retry-after-ms": "250", "retry-after": "3" })).toBe(250);
  });

  test("is respected for two minutes at most", () => {
    expect(requested({ "retry-after-ms": "120001" })).toBe(120_000);
  });

  test.each(["0", "-5", "soon", ""])("of %p is ignored, and Retry-After applies", (value) => {
    expect(requested({ "retry-after-ms": value, "retry-after": "3" })).toBe(3_000);
  });
});

test("only a text is read as JSON, and only a success is usable", () => {
  expect(parseJson(7)).toBeUndefined();
  expect(isUsable(response(300, "{}"))).toBe(false);
  expect(isUsable(response(299, "{}"))).toBe(true);
});

describe("a response", () => {
  test.each([
    [200, "{}", true],
    [200, "[]", true],
    [200, "null", true],
    [204, "", false],
    [200, '{"object": "li', false],
    [200, "<html>", false],
    [200, { parsed: "already" }, false],
    [404, "{}", false],
    [302, "{}", false],
  ])("%i %p is usable: %p", (status, body, usable) => {
    expect(isUsable(response(status, body))).toBe(usable);
  });

  test("survives any text without an error", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.anything()), (text) => {
        expect(() => parseJson(text)).not.toThrow();
      }),
    );
  });

  test("is the code in its JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(parseJson(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
