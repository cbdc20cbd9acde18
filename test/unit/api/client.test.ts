import {
  backOff,
  cancelingContext,
  clientWith,
  contextOf,
  failureOf,
  LIST,
  OK,
  received,
  respondWith,
  stopResponding,
  UPLOAD,
} from "./scriptedServer";
import type { ScriptedResponse } from "./scriptedServer";

describe("a request", () => {
  test("has the key, the organization, the query and no body", async () => {
    const query = { limit: 100, after: "cert_a" };
    const client = clientWith({ organization: "org-abc" });
    expect(await client.send({ ...LIST, query }, contextOf(0))).toEqual({ object: "list" });
    expect(received).toMatchObject([
      { method: "GET", url: "/v1/certificates?limit=100&after=cert_a", body: "" },
    ]);
    expect(received[0]?.headers).toMatchObject({
      authorization: "Bearer sk-admin-key",
      "openai-organization": "org-abc",
    });
  });

  test("has its body as JSON, and no organization unless one is set", async () => {
    await clientWith().send(UPLOAD, contextOf(0));
    expect(received).toMatchObject([{ method: "POST", url: "/v1/certificates", body: '{"name":"gateway"}' }]);
    expect(received[0]?.headers).toMatchObject({ "content-type": "application/json" });
    expect(received[0]?.headers).not.toHaveProperty("openai-organization");
  });

  test("uses the connection of the request before it", async () => {
    const client = clientWith();
    await client.send(LIST, contextOf(0));
    await client.send(UPLOAD, contextOf(0));
    expect(received).toHaveLength(2);
    expect(received[0]?.port).toBe(received[1]?.port);
  });
});

describe("a response", () => {
  test("is not followed when it redirects", async () => {
    respondWith({ status: 307, headers: { location: "/v1/elsewhere" } });
    expect(await failureOf(clientWith().send(LIST, contextOf(9)))).toMatchObject({
      kind: "refused",
      status: 307,
      mayHaveActed: false,
    });
    expect(received).toHaveLength(1);
  });

  test("that is not JSON is an error with that reason, and may have acted", async () => {
    respondWith({ status: 200, body: "{" });
    expect(await failureOf(clientWith().send(LIST, contextOf(0)))).toMatchObject({
      kind: "unreadable",
      status: 200,
      mayHaveActed: true,
    });
  });

  test("that is a web page is an error after a few attempts, because a sign-in does not pass by itself", async () => {
    respondWith({ status: 200, body: "<html>" });
    expect(await failureOf(clientWith().send(LIST, contextOf(900)))).toMatchObject({
      kind: "unreadable",
      status: 200,
      mayHaveActed: true,
    });
    expect(received).toHaveLength(3);
  });

  test("that does not come ends the attempt at the deadline, which the error states", async () => {
    stopResponding();
    const { kind, reason } = await failureOf(clientWith({ timeoutSeconds: 0.05 }).send(LIST, contextOf(0)));
    expect(kind).toBe("unavailable");
    expect(reason).toContain("no complete response within 0.05 s");
  });
});

describe("a retry", () => {
  test("waits for the backoff, and announces it with its reason", async () => {
    backOff(0.02);
    respondWith({ status: 500 }, "drop", OK);
    const context = contextOf(9);
    await clientWith().send(LIST, context);
    expect(received).toHaveLength(3);
    expect(context.waits).toEqual([
      { reason: "HTTP 500", milliseconds: 10 },
      { reason: "no response: socket hang up (ECONNRESET)", milliseconds: 20 },
    ]);
  });

  test("ends with the budget: the error counts the attempts", async () => {
    backOff(0.02);
    respondWith({ status: 503 });
    const failure = await failureOf(clientWith().send(LIST, contextOf(0.035)));
    expect(failure).toMatchObject({ kind: "unavailable", status: 503, mayHaveActed: true });
    expect(failure.reason).toMatch(/; 3 attempts in \d+ s$/);
    expect(received).toHaveLength(3);
  });

  test.each([408, 409])("after %i is made twice, whatever the budget allows", async (status) => {
    backOff(0.001);
    respondWith({ status });
    expect(await failureOf(clientWith().send(LIST, contextOf(900)))).toMatchObject({
      kind: "unavailable",
      status,
    });
    expect(received).toHaveLength(3);
  });

  test("after 409 is not used up by other failures", async () => {
    backOff(0.001);
    respondWith({ status: 500 }, { status: 500 }, { status: 500 }, { status: 409 }, OK);
    expect(await clientWith().send(LIST, contextOf(9))).toEqual({ object: "list" });
  });

  test("waits as long as retry-after-ms requests", async () => {
    respondWith({ status: 503, headers: { "retry-after-ms": "15", "retry-after": "60" } }, OK);
    const context = contextOf(9);
    await clientWith().send(LIST, context);
    expect(context.waits).toEqual([{ reason: "HTTP 503", milliseconds: 15 }]);
  });

  test("keeps in mind that an earlier attempt may have acted", async () => {
    backOff(0.001);
    respondWith({ status: 500 }, { status: 404 });
    expect(await failureOf(clientWith().send(LIST, contextOf(9)))).toMatchObject({
      kind: "refused",
      status: 404,
      mayHaveActed: true,
    });
    respondWith({ status: 404 });
    expect(await failureOf(clientWith().send(LIST, contextOf(9)))).toMatchObject({ mayHaveActed: false });
  });

  test.each<[string, ScriptedResponse, number]>([
    ["is not made after a lost response", "drop", 1],
    ["is not made after a failure of the server", { status: 500 }, 1],
    ["is made after a rejection for the rate limit", { status: 429 }, 2],
  ])("of a request that must not be executed twice %s", async (_how, first, expected) => {
    backOff(0.001);
    respondWith(first, OK);
    const sent = clientWith({}, 20).send(UPLOAD, contextOf(9));
    await (expected === 1 ? failureOf(sent) : sent);
    expect(received).toHaveLength(expected);
  });

  test("lets other requests pass while it waits", async () => {
    const client = clientWith({}, 60_000);
    // After so many requests within a window, requests are sent one at a time.
    for (let sent = 0; sent < 7; sent += 1) await client.send(LIST, contextOf(0));
    respondWith({ status: 503, headers: { "retry-after": "60" } }, OK);
    const cancellation = new AbortController();
    const others: Promise<unknown>[] = [];
    const context = {
      ...contextOf(90, { signal: cancellation.signal }),
      onWait: () => {
        const other = client.send(LIST, contextOf(0));
        others.push(other);
        void other.finally(() => {
          cancellation.abort();
        });
      },
    };
    expect(await failureOf(client.send(LIST, context))).toMatchObject({ status: 503 });
    expect(await Promise.all(others)).toEqual([{ object: "list" }]);
    expect(received).toHaveLength(9);
  });

  test("of a failure other than the rate limit waits for the backoff, even beyond the window", async () => {
    backOff(0.9);
    respondWith({ status: 500 });
    const client = clientWith({}, 20);
    const context = cancelingContext();
    await failureOf(client.send(LIST, context));
    expect(context.waits).toEqual([{ reason: "HTTP 500", milliseconds: 450 }]);
  });

  test("that failed for another reason than the rate limit does not delay the next request", async () => {
    respondWith({ status: 500 }, OK);
    const client = clientWith({}, 60_000);
    await failureOf(client.send(LIST, contextOf(0)));
    const failFast = contextOf(0, { waitsForRateLimit: false });
    expect(await client.send(LIST, failFast)).toEqual({ object: "list" });
  });

  test("is not made after the update was canceled during the wait", async () => {
    backOff(0.9);
    respondWith({ status: 500 });
    expect(await failureOf(clientWith().send(LIST, cancelingContext()))).toMatchObject({ status: 500 });
    expect(received).toHaveLength(1);
  });
});
