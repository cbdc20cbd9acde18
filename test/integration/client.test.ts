import { inspect } from "node:util";
import { changeActivation, listCertificates } from "../../provider/api/certificates";
import { ApiError } from "../../provider/api/errors/apiError";
import { ORGANIZATION } from "../../provider/api/scope";
import { countCalls, startEmulator } from "../emulator/index";
import type { Emulator, FaultKind } from "../emulator/index";
import { clientOf, requestContext } from "./connected";

let emulator: Emulator;

beforeEach(async () => {
  // Makes each wait of the backoff as short as possible.
  jest.spyOn(Math, "random").mockReturnValue(0.001);
  emulator = await startEmulator();
  emulator.seed(["cert_a", "cert_b"].map((id) => ({ id })));
});

afterEach(async () => {
  jest.restoreAllMocks();
  await emulator.close();
});

const list = (seconds = 5, more = {}) =>
  listCertificates(clientOf(emulator, more), ORGANIZATION, requestContext(seconds));

const activate = (ids: readonly string[], seconds = 5) =>
  changeActivation(clientOf(emulator), ORGANIZATION, "activate", ids, requestContext(seconds));

/** The error of a call that must fail. */
async function failureOf(call: Promise<unknown>): Promise<ApiError> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ApiError) return error;
  throw new Error(`ended with ${inspect(error)}`);
}

describe("a list", () => {
  test.each([0, 1, 100, 101, 250])("of %i certificates is read up to its last page", async (count) => {
    for (const { id } of emulator.certificates) emulator.remove(id);
    emulator.seed(Array.from({ length: count }, (_, index) => ({ id: `cert_${index}` })));
    expect(await list()).toHaveLength(count);
    expect(emulator.log).toHaveLength(Math.max(1, Math.ceil(count / 100)));
  });

  test.each([
    ["repeat-cursor", "last_id leads nowhere new"],
    ["endless-list", "the list did not end after 20 pages"],
  ] as const)("that goes round (%s) is an error and no loop", async (kind, text) => {
    emulator.faults.add({ endpoint: "list", kind, times: Infinity });
    expect((await failureOf(list())).message).toContain(text);
    expect(emulator.log.length).toBeLessThanOrEqual(20);
  });
});

describe("a response", () => {
  test.each([
    ["missing-id", "cert_b is missing in the response"],
    ["wrong-state", "cert_b has active: false"],
    ["without-active", "cert_a has active: undefined"],
  ] as const)(
    "that does not confirm the request (%s) is an error, and the request is not retried",
    async (kind, text) => {
      emulator.faults.add({ endpoint: "activate", kind, times: Infinity });
      const { message, failure } = await failureOf(activate(["cert_a", "cert_b"]));
      expect(message).toContain(text);
      expect(failure).toMatchObject({ kind: "unreadable", mayHaveActed: true });
      expect(emulator.log).toHaveLength(1);
    },
  );

  test("of two hundred megabytes is not read", async () => {
    emulator.faults.add({ endpoint: "list", kind: "huge-body" });
    expect((await failureOf(list())).message).toContain("maxContentLength size of 4194304 exceeded");
  });
});

describe("a call is retried", () => {
  const AGAIN: readonly FaultKind[] = [
    { kind: "reset-before" },
    { kind: "reset-after" },
    { kind: "hang" },
    { kind: "drip-body" },
    { kind: "cut-body" },
    { kind: "html-body" },
    { kind: "empty-body" },
    ...[408, 409, 500, 502, 503, 504, 520, 524, 530].map((status): FaultKind => ({ kind: "status", status })),
  ];

  test.each(AGAIN)("after %j", async (fault) => {
    emulator.faults.add({ endpoint: "activate", ...fault });
    expect(await activate(["cert_a"])).toMatchObject([{ id: "cert_a", active: true }]);
    expect(countCalls(emulator.log)).toEqual({ activate: 2 });
  });

  test("after a refused connection", async () => {
    await emulator.refuseConnections();
    const listed = list(60);
    await emulator.acceptConnections();
    expect(await listed).toHaveLength(2);
  });
});

describe("a call is not retried", () => {
  test.each([400, 401, 403, 404, 422])("after status %i", async (status) => {
    emulator.faults.add({ endpoint: "activate", kind: "status", status, times: Infinity });
    const { failure } = await failureOf(activate(["cert_a"]));
    expect(failure).toMatchObject({ kind: "refused", status, mayHaveActed: false });
    expect(emulator.log).toHaveLength(1);
  });

  test("after status 409 with a permanent code", async () => {
    const code = "certificate_in_use";
    emulator.faults.add({ endpoint: "activate", kind: "status", status: 409, code, times: Infinity });
    const { failure } = await failureOf(activate(["cert_a"]));
    expect(failure).toMatchObject({ kind: "refused", status: 409, code, mayHaveActed: false });
    expect(emulator.log).toHaveLength(1);
  });

  test("after a redirect, which is not followed", async () => {
    emulator.faults.add({ endpoint: "list", kind: "redirect", location: `${emulator.url}/models` });
    expect((await failureOf(list())).message).toContain("a redirect, which is not followed");
    expect(countCalls(emulator.log)).toEqual({ list: 1 });
  });

  test("once the retry budget is used up; the error reports the number of attempts and the last failure", async () => {
    emulator.faults.add({ endpoint: "list", kind: "status", status: 500, times: Infinity });
    jest.spyOn(Math, "random").mockReturnValue(0.5);
    const { message } = await failureOf(list(0.6));
    expect(message).toMatch(/^GET \/organization\/certificates: HTTP 500 .*; 2 attempts in 1 s/);
    expect(emulator.log).toHaveLength(2);
  });

  test("without a retry budget", async () => {
    emulator.faults.add({ endpoint: "list", kind: "reset-before", times: Infinity });
    const { message, failure } = await failureOf(list(0));
    expect(message).toMatch(/^GET \/organization\/certificates: no response: .*ECONNRESET/);
    expect(failure).toMatchObject({ kind: "unavailable", mayHaveActed: true });
    expect(emulator.log).toHaveLength(1);
  });
});

describe("an attempt", () => {
  test.each([
    ["list", "drip-body"],
    ["list", "hang"],
    ["activate", "drip-body"],
    ["activate", "hang-after"],
  ] as const)(
    "times out even if bytes keep arriving (%s, %s), and may have acted",
    async (endpoint, kind) => {
      emulator.faults.add({ endpoint, kind });
      const { message, failure } = await failureOf(endpoint === "list" ? list(0) : activate(["cert_a"], 0));
      expect(message).toContain("no response: no complete response within 1 s");
      expect(message).toContain("timeoutSeconds");
      expect(failure).toMatchObject({ kind: "unavailable", mayHaveActed: true });
      expect(emulator.log).toHaveLength(1);
    },
  );

  test("has its own timeout", async () => {
    emulator.faults.add({ endpoint: "list", kind: "drip-body", times: 2 });
    expect(await list(5)).toHaveLength(2);
    expect(countCalls(emulator.log)).toEqual({ list: 3 });
  });
});

describe("a rate limited call", () => {
  test("fails when Retry-After is longer than the remaining retry budget", async () => {
    emulator.faults.add({ endpoint: "list", kind: "status", status: 429, retryAfter: "30" });
    const { message, failure } = await failureOf(list(29));
    expect(message).toContain("HTTP 429");
    expect(failure).toMatchObject({ kind: "unavailable", mayHaveActed: false });
    expect(emulator.log).toHaveLength(1);
  });
});

describe("an error", () => {
  test("contains the method, path, status, code, message, request id and a remedy", async () => {
    const { message } = await failureOf(list(0, { OPENAI_ADMIN_KEY: "sk-admin-wrong-key" }));
    expect(message).toMatch(
      /^GET \/organization\/certificates: HTTP 401 invalid_api_key: .+ \(request id .+\)\. Check openai-certificates:adminKey/,
    );
  });

  test("caused by a page that is not from the API mentions the network, not the key", async () => {
    emulator.faults.add({ endpoint: "list", kind: "page", status: 403 });
    const { message } = await failureOf(list(0));
    expect(message).toContain("HTTPS_PROXY");
    expect(message).not.toContain("permission");
  });

  test("reports how long the call was retried, even if the clock is set back meanwhile", async () => {
    emulator.faults.add({ endpoint: "list", kind: "status", status: 500, times: Infinity });
    const { now } = Date;
    let calls = 0;
    jest.spyOn(Date, "now").mockImplementation(() => now() - 3_600_000 * (calls += 1));
    jest.spyOn(Math, "random").mockReturnValue(0.5);
    expect((await failureOf(list(0.6))).message).toContain("; 2 attempts in 1 s");
  });

  test.each(["status", "reset-before", "hang", "drip-body", "huge-body", "repeat-cursor"] as const)(
    "contains neither the key nor a header at any depth: %s",
    async (kind) => {
      emulator.faults.add({ endpoint: "list", kind, status: 403, times: 2 } as never);
      const error = await failureOf(list(0));
      const all = inspect(error, { depth: Infinity, showHidden: true });
      expect(all).not.toContain(emulator.adminKey);
      expect(all.toLowerCase()).not.toContain("authorization");
    },
  );
});
