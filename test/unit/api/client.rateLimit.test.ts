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
  UPLOAD,
} from "./scriptedServer";
import type { ScriptedResponse } from "./scriptedServer";

describe("a rate limit", () => {
  /** Sends a request that the API rejects for its rate limit, and cancels the wait. @returns the wait in milliseconds. */
  const waitAfter = async (
    rejection: ScriptedResponse,
    windowMs: number,
    client = clientWith({}, windowMs),
  ) => {
    respondWith(rejection);
    const context = cancelingContext();
    expect(await failureOf(client.send(LIST, context))).toMatchObject({ status: 429 });
    expect(context.waits).toMatchObject([{ reason: "rate limited" }]);
    return context.waits[0]?.milliseconds ?? 0;
  };

  test("is waited for as long as Retry-After requests, even beyond the window", async () => {
    const milliseconds = await waitAfter({ status: 429, headers: { "retry-after": "60" } }, 1_000);
    expect(milliseconds).toBeGreaterThan(50_000);
    expect(milliseconds).toBeLessThanOrEqual(60_000);
  });

  test("is waited for not longer than the window without Retry-After", async () => {
    backOff(0.9);
    expect(await waitAfter({ status: 429 }, 1_000)).toBeLessThanOrEqual(1_000);
    expect(await waitAfter({ status: 429 }, 60_000)).toBeGreaterThan(1_000);
  });

  test.each<[string, ScriptedResponse]>([
    ["success", OK],
    ["rejection for another reason", { status: 404 }],
  ])("has reset a window after the oldest response: a %s", async (_what, oldest) => {
    const [now, elapsed] = [performance.now.bind(performance), { milliseconds: 0 }];
    jest.spyOn(performance, "now").mockImplementation(() => now() + elapsed.milliseconds);
    backOff(0.9);
    const client = clientWith({}, 60_000);
    respondWith(oldest);
    await client.send(LIST, contextOf(0)).catch(() => undefined);
    elapsed.milliseconds = 57_000;
    expect(await waitAfter({ status: 429 }, 60_000, client)).toBeLessThanOrEqual(3_000);
  });

  test("of one endpoint delays its next request, and none of another endpoint", async () => {
    const client = clientWith({}, 60_000);
    respondWith({ status: 429, headers: { "retry-after": "60" } });
    expect(await failureOf(client.send(LIST, contextOf(9)))).toMatchObject({
      status: 429,
      mayHaveActed: false,
    });
    respondWith(OK);
    await client.send(UPLOAD, contextOf(9));
    expect(received).toHaveLength(2);

    const failFast = contextOf(9, { waitsForRateLimit: false });
    expect(await failureOf(client.send(LIST, failFast))).toEqual({
      kind: "unavailable",
      request: { method: "GET", path: "/certificates" },
      reason: "request not sent: this endpoint is currently rate limited",
      mayHaveActed: false,
    });
    expect(received).toHaveLength(2);
  });

  test("ends the wait when the update is canceled, with an error that the request was not sent", async () => {
    const client = clientWith({}, 60_000);
    respondWith({ status: 429, headers: { "retry-after": "60" } });
    await failureOf(client.send(LIST, contextOf(9)));
    const { reason } = await failureOf(client.send(LIST, cancelingContext()));
    expect(reason).toBe("request not sent: the update was canceled");
    expect(received).toHaveLength(1);
  });

  test("does not keep the next request waiting after one that failed", async () => {
    const client = clientWith({}, 40);
    respondWith({ status: 429 }, { status: 404 }, OK);
    backOff(0.001);
    const [first, second] = await Promise.allSettled([
      client.send(LIST, contextOf(9)),
      client.send(LIST, contextOf(9)),
    ]);
    expect([first.status, second.status].sort()).toEqual(["fulfilled", "rejected"]);
    expect(received).toHaveLength(3);
  });
});
