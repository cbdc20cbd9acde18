import { createServer } from "node:http";
import type { IncomingHttpHeaders, RequestListener, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Client } from "../../../provider/api/client";
import type { Request } from "../../../provider/api/client";
import { ApiError } from "../../../provider/api/errors/apiError";
import { RetryBudget } from "../../../provider/api/retryBudget";
import type { Connection } from "../../../provider/settings/connection";

/** A response of the server; "drop" closes the connection without one. */
type ScriptedResponse =
  { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string } | "drop";

interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The port of the client: equal for requests of the same connection. */
  readonly port: number | undefined;
}

const OK: ScriptedResponse = { status: 200, body: '{"object":"list"}' };
const LIST: Request = { method: "GET", path: "/certificates", endpoint: "list" };
const UPLOAD: Request = {
  method: "POST",
  path: "/certificates",
  endpoint: "upload",
  body: { name: "gateway" },
  isIdempotent: false,
};

let server: Server;
let received: Received[];
let script: ScriptedResponse[];

beforeEach(async () => {
  received = [];
  script = [];
  server = createServer(respond);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterEach(async () => {
  jest.restoreAllMocks();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** Sends the next response of the script; the last one is repeated. */
const respond: RequestListener = (request, response) => {
  let body = "";
  request.on("data", (chunk: Buffer) => (body += chunk.toString()));
  request.on("end", () => {
    const { method = "", url = "", headers } = request;
    received.push({ method, url, headers, body, port: request.socket.remotePort });
    const next = (script.length > 1 ? script.shift() : script[0]) ?? OK;
    if (next === "drop") request.socket.destroy();
    else response.writeHead(next.status, next.headers).end(next.body);
  });
};

const clientWith = (more: Partial<Connection> = {}, windowMs?: number) =>
  new Client(
    {
      adminKey: "sk-admin-key",
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
      timeoutSeconds: 5,
      retryTimeoutSeconds: 0,
      ...more,
    },
    windowMs,
  );

/** A context that collects waits, with a retry budget in seconds. */
function contextOf(seconds: number, more: { waitsForRateLimit?: boolean; signal?: AbortSignal } = {}) {
  const waits: { reason: string; milliseconds: number }[] = [];
  return {
    budget: new RetryBudget(seconds),
    waitsForRateLimit: true,
    onWait: (reason: string, milliseconds: number) => {
      waits.push({ reason, milliseconds });
    },
    waits,
    ...more,
  };
}

async function failureOf(sent: Promise<unknown>) {
  const error: unknown = await sent.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ApiError) return error.failure;
  throw new Error(`ended with ${String(error)}`);
}

/** Makes each wait of the backoff this part of the longest that it can be. */
const backOff = (part: number) => jest.spyOn(Math, "random").mockReturnValue(part);

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
    script = [{ status: 307, headers: { location: "/v1/elsewhere" } }];
    expect(await failureOf(clientWith().send(LIST, contextOf(9)))).toMatchObject({
      kind: "refused",
      status: 307,
      mayHaveActed: false,
    });
    expect(received).toHaveLength(1);
  });

  test("that is not JSON is an error that says so, and may have acted", async () => {
    script = [{ status: 200, body: "<html>" }];
    expect(await failureOf(clientWith().send(LIST, contextOf(0)))).toMatchObject({
      kind: "unreadable",
      status: 200,
      mayHaveActed: true,
    });
  });

  test("that does not come ends the attempt at the deadline, which the error states", async () => {
    server.removeAllListeners("request");
    const { kind, reason } = await failureOf(clientWith({ timeoutSeconds: 0.05 }).send(LIST, contextOf(0)));
    expect(kind).toBe("unavailable");
    expect(reason).toContain("no complete response within 0.05 s");
  });
});

describe("a retry", () => {
  test("waits for the backoff, and announces it with its reason", async () => {
    backOff(0.02);
    script = [{ status: 500 }, "drop", OK];
    const context = contextOf(9);
    await clientWith().send(LIST, context);
    expect(received).toHaveLength(3);
    expect(context.waits).toEqual([
      { reason: "no usable response", milliseconds: 10 },
      { reason: "no usable response", milliseconds: 20 },
    ]);
  });

  test("ends with the budget: the error counts the attempts", async () => {
    backOff(0.02);
    script = [{ status: 503 }];
    const failure = await failureOf(clientWith().send(LIST, contextOf(0.035)));
    expect(failure).toMatchObject({ kind: "unavailable", status: 503, mayHaveActed: true });
    expect(failure.reason).toMatch(/; 3 attempts in \d+ s$/);
    expect(received).toHaveLength(3);
  });

  test("keeps in mind that an earlier attempt may have acted", async () => {
    backOff(0.001);
    script = [{ status: 500 }, { status: 404 }];
    expect(await failureOf(clientWith().send(LIST, contextOf(9)))).toMatchObject({
      kind: "refused",
      status: 404,
      mayHaveActed: true,
    });
    script = [{ status: 404 }];
    expect(await failureOf(clientWith().send(LIST, contextOf(9)))).toMatchObject({ mayHaveActed: false });
  });

  test.each<[string, ScriptedResponse, number]>([
    ["is not made after a lost response", "drop", 1],
    ["is not made after a failure of the server", { status: 500 }, 1],
    ["is made after a rejection for the rate limit", { status: 429 }, 2],
  ])("of a request that must not be executed twice %s", async (_how, first, expected) => {
    backOff(0.001);
    script = [first, OK];
    const sent = clientWith({}, 20).send(UPLOAD, contextOf(9));
    await (expected === 1 ? failureOf(sent) : sent);
    expect(received).toHaveLength(expected);
  });

  test("lets other requests pass while it waits", async () => {
    const client = clientWith({}, 60_000);
    // After so many requests within a window, requests are sent one at a time.
    for (let sent = 0; sent < 7; sent += 1) await client.send(LIST, contextOf(0));
    script = [{ status: 503, headers: { "retry-after": "60" } }, OK];
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
    script = [{ status: 500 }];
    const client = clientWith({}, 20);
    const cancellation = new AbortController();
    const waits: number[] = [];
    const context = {
      ...contextOf(9, { signal: cancellation.signal }),
      onWait: (_reason: string, milliseconds: number) => {
        waits.push(milliseconds);
        cancellation.abort();
      },
    };
    await failureOf(client.send(LIST, context));
    expect(waits).toEqual([450]);
  });

  test("that failed for another reason than the rate limit does not delay the next request", async () => {
    script = [{ status: 500 }, OK];
    const client = clientWith({}, 60_000);
    await failureOf(client.send(LIST, contextOf(0)));
    const failFast = contextOf(0, { waitsForRateLimit: false });
    expect(await client.send(LIST, failFast)).toEqual({ object: "list" });
  });

  test("is not made after the update was canceled during the wait", async () => {
    backOff(0.9);
    script = [{ status: 500 }];
    const cancellation = new AbortController();
    const context = {
      ...contextOf(9, { signal: cancellation.signal }),
      onWait: () => {
        cancellation.abort();
      },
    };
    expect(await failureOf(clientWith().send(LIST, context))).toMatchObject({ status: 500 });
    expect(received).toHaveLength(1);
  });
});

describe("a rate limit", () => {
  /** Sends a request that the API rejects for its rate limit, and cancels the wait. @returns the wait in milliseconds. */
  const waitAfter = async (
    rejection: ScriptedResponse,
    windowMs: number,
    client = clientWith({}, windowMs),
  ) => {
    script = [rejection];
    const cancellation = new AbortController();
    const waits: number[] = [];
    const context = {
      ...contextOf(90, { signal: cancellation.signal }),
      onWait: (reason: string, milliseconds: number) => {
        expect(reason).toBe("rate limited");
        waits.push(milliseconds);
        cancellation.abort();
      },
    };
    expect(await failureOf(client.send(LIST, context))).toMatchObject({ status: 429 });
    expect(waits).toHaveLength(1);
    return waits[0] ?? 0;
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
    script = [oldest];
    await client.send(LIST, contextOf(0)).catch(() => undefined);
    elapsed.milliseconds = 57_000;
    expect(await waitAfter({ status: 429 }, 60_000, client)).toBeLessThanOrEqual(3_000);
  });

  test("of one endpoint delays its next request, and none of another endpoint", async () => {
    const client = clientWith({}, 60_000);
    script = [{ status: 429, headers: { "retry-after": "60" } }];
    expect(await failureOf(client.send(LIST, contextOf(9)))).toMatchObject({
      status: 429,
      mayHaveActed: false,
    });
    script = [OK];
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

  test("ends the wait when the update is canceled, and says that the request was not sent", async () => {
    const client = clientWith({}, 60_000);
    script = [{ status: 429, headers: { "retry-after": "60" } }];
    await failureOf(client.send(LIST, contextOf(9)));
    const cancellation = new AbortController();
    const context = {
      ...contextOf(9, { signal: cancellation.signal }),
      onWait: () => {
        cancellation.abort();
      },
    };
    const { reason } = await failureOf(client.send(LIST, context));
    expect(reason).toBe("request not sent: the update was canceled");
    expect(received).toHaveLength(1);
  });

  test("does not keep the next request waiting after one that failed", async () => {
    const client = clientWith({}, 40);
    script = [{ status: 429 }, { status: 404 }, OK];
    backOff(0.001);
    const [first, second] = await Promise.allSettled([
      client.send(LIST, contextOf(9)),
      client.send(LIST, contextOf(9)),
    ]);
    expect([first.status, second.status].sort()).toEqual(["fulfilled", "rejected"]);
    expect(received).toHaveLength(3);
  });
});
