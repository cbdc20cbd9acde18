import { setImmediate } from "node:timers/promises";
import { startEmulator } from "../emulator/index";
import type { Emulator, FaultKind, LoggedCall } from "../emulator/index";
import { send } from "../emulator/send";

const ORGANIZATION = "/organization/certificates";
const PROJECT = "/organization/projects/proj_a/certificates";
const RESET = { code: "ECONNRESET" };
let emulator: Emulator;

const BOTH = { certificate_ids: ["cert_a", "cert_b"] };
const activate = (path = ORGANIZATION, body = BOTH) => send(emulator, "POST", `${path}/activate`, { body });

/** Activates, and gives up when the call is logged so. */
async function giveUpWhen(isLogged: (call: LoggedCall) => boolean): Promise<void> {
  const giveUp = new AbortController();
  const { signal } = giveUp;
  const response = send(emulator, "POST", `${ORGANIZATION}/activate`, { body: BOTH, signal });
  const outcome = expect(response).rejects.toMatchObject({ name: "AbortError" });
  while (!emulator.log.some(isLogged)) await setImmediate();
  giveUp.abort();
  await outcome;
}
const list = (query = "") => send(emulator, "GET", ORGANIZATION + query);
const addToActivate = (fault: FaultKind) => {
  emulator.faults.add({ endpoint: "activate", ...fault });
};

beforeEach(async () => {
  emulator = await startEmulator({ projects: ["proj_a"] });
  emulator.seed([
    { id: "cert_a", createdAt: 1 },
    { id: "cert_b", createdAt: 2 },
  ]);
});

afterEach(() => emulator.close());

describe("a fault applies to", () => {
  const statuses = async (count: number, path = ORGANIZATION) => {
    const seen: number[] = [];
    for (let call = 0; call < count; call += 1) seen.push((await activate(path)).status);
    return seen;
  };

  test("the first matching call, once", async () => {
    addToActivate({ kind: "status", status: 500 });
    expect((await list()).status).toBe(200);
    expect(await statuses(2)).toEqual([500, 200]);
  });

  test("the configured calls", async () => {
    emulator.faults.add({ endpoint: "activate", call: 2, times: 2, kind: "status", status: 502 });
    expect(await statuses(4)).toEqual([200, 502, 502, 200]);
  });

  test("all calls, until it is cleared", async () => {
    emulator.faults.add({ endpoint: "activate", times: Infinity, kind: "status", status: 503 });
    expect(await statuses(3)).toEqual([503, 503, 503]);
    emulator.faults.clear();
    expect(await statuses(1)).toEqual([200]);
  });

  test("only the configured scope", async () => {
    const scope = { project: "proj_a" };
    emulator.faults.add({ endpoint: "activate", scope, kind: "status", status: 500 });
    expect(await statuses(1)).toEqual([200]);
    expect(await statuses(1, PROJECT)).toEqual([500]);
  });
});

describe("faults before the call is executed", () => {
  afterEach(() => {
    expect(emulator.activeIds()).toEqual([]);
    expect(emulator.log[0]).toMatchObject({ executed: false });
  });

  test("reset-before drops the connection", async () => {
    addToActivate({ kind: "reset-before" });
    await expect(activate()).rejects.toMatchObject(RESET);
    expect(emulator.log).toMatchObject([{ status: "none" }]);
  });

  test("hang sends no response", async () => {
    addToActivate({ kind: "hang" });
    await giveUpWhen(() => true);
    expect(emulator.log).toMatchObject([{ status: "none" }]);
  });

  test.each([401, 403, 404, 429, 500, 502, 503])("status responds with %i", async (status) => {
    addToActivate({ kind: "status", status });
    expect((await activate()).status).toBe(status);
    expect(emulator.log).toMatchObject([{ status }]);
  });

  test("status takes a code and a Retry-After", async () => {
    addToActivate({ kind: "status", status: 429, code: "slow_down", retryAfter: "7" });
    const { body, headers } = await activate();
    expect(body).toMatchObject({ error: { code: "slow_down" } });
    expect(headers["retry-after"]).toBe("7");
  });

  test("page responds like a proxy", async () => {
    addToActivate({ kind: "page", status: 403 });
    const { status, headers, text } = await activate();
    expect(status).toBe(403);
    expect(headers["content-type"]).toContain("text/html");
    expect(text).toContain("<!doctype html>");
  });

  test("redirect responds with another location", async () => {
    addToActivate({ kind: "redirect", location: "http://127.0.0.1:9/away" });
    const { status, headers } = await activate();
    expect(status).toBe(307);
    expect(headers.location).toBe("http://127.0.0.1:9/away");
  });
});

describe("faults after the call is executed", () => {
  afterEach(() => {
    expect(emulator.activeIds()).toEqual(["cert_a", "cert_b"]);
    expect(emulator.log[0]).toMatchObject({ executed: true });
  });

  test("reset-after drops the connection", async () => {
    addToActivate({ kind: "reset-after" });
    await expect(activate()).rejects.toMatchObject(RESET);
    expect(emulator.log).toMatchObject([{ status: "none" }]);
  });

  test("hang-after sends no response", async () => {
    addToActivate({ kind: "hang-after" });
    await giveUpWhen(({ executed }) => executed);
  });

  test("cut-body ends too early", async () => {
    addToActivate({ kind: "cut-body" });
    await expect(activate()).rejects.toMatchObject(RESET);
    expect(emulator.log).toMatchObject([{ status: 200 }]);
  });

  test("drip-body sends single bytes, and stops when the client disconnects", async () => {
    addToActivate({ kind: "drip-body" });
    await giveUpWhen(({ status }) => status === 200);
    expect(emulator.log).toMatchObject([{ status: 200 }]);
  });

  test("html-body responds with a page", async () => {
    addToActivate({ kind: "html-body" });
    const { status, headers, text } = await activate();
    expect(status).toBe(200);
    expect(headers["content-type"]).toContain("text/html");
    expect(text).toContain("<!doctype html>");
  });

  test("empty-body responds without content", async () => {
    addToActivate({ kind: "empty-body" });
    expect(await activate()).toMatchObject({ status: 200, text: "" });
  });

  test("wrong-object responds with another object", async () => {
    addToActivate({ kind: "wrong-object" });
    expect((await activate()).body).toMatchObject({ object: "something.else" });
  });

  test("missing-id omits the last certificate", async () => {
    addToActivate({ kind: "missing-id" });
    expect((await activate()).body).toMatchObject({ data: [{ id: "cert_a", active: true }] });
  });
});

test("wrong-state inverts the state of the last certificate, which is not changed", async () => {
  addToActivate({ kind: "wrong-state" });
  expect((await activate()).body).toMatchObject({
    data: [
      { id: "cert_a", active: true },
      { id: "cert_b", active: false },
    ],
  });
  expect(emulator.activeIds()).toEqual(["cert_a"]);
});

test("a call that is rejected anyway fails as without the fault", async () => {
  addToActivate({ kind: "reset-after" });
  expect((await activate(ORGANIZATION, { certificate_ids: ["cert_none"] })).status).toBe(404);
});

test("the response to an upload can be lost, or lack its id", async () => {
  emulator.faults.add({ endpoint: "rename", kind: "missing-id" });
  const { body } = await send(emulator, "POST", `${ORGANIZATION}/cert_a`, { body: { name: "b" } });
  expect(body).toMatchObject({ name: "b" });
  expect(body).not.toHaveProperty("id");
});

describe("faults of lists", () => {
  test("repeat-cursor never advances", async () => {
    emulator.faults.add({ endpoint: "list", times: Infinity, kind: "repeat-cursor" });
    const first = await list("?limit=1");
    expect(first.body).toMatchObject({ has_more: true, last_id: "cert_b" });
    expect((await list("?limit=1&after=cert_b")).body).toEqual(first.body);
  });

  test("endless-list continues with new ids", async () => {
    emulator.faults.add({ endpoint: "list", times: Infinity, kind: "endless-list" });
    const ids = new Set<string>();
    let after = "";
    for (let page = 0; page < 5; page += 1) {
      const { body } = await list(`?limit=10${after}`);
      const { data, last_id } = body as { data: { id: string }[]; last_id: string };
      expect(body).toMatchObject({ has_more: true });
      for (const { id } of data) ids.add(id);
      after = `&after=${last_id}`;
    }
    expect(ids.size).toBe(50);
  });

  test("huge-body continues until the client disconnects", async () => {
    emulator.faults.add({ endpoint: "list", kind: "huge-body" });
    const response = await fetch(emulator.url + ORGANIZATION, {
      headers: { authorization: `Bearer ${emulator.adminKey}` },
    });
    let received = 0;
    for await (const chunk of response.body ?? []) {
      received += (chunk as Uint8Array).length;
      if (received > 3_000_000) break;
    }
    expect(received).toBeGreaterThan(3_000_000);
    expect((await list()).status).toBe(200);
  });
});

test("refused connections are accepted again on the same port", async () => {
  expect((await list()).status).toBe(200);
  await emulator.refuseConnections();
  await expect(list()).rejects.toMatchObject({ code: "ECONNREFUSED" });
  await emulator.refuseConnections();
  await emulator.acceptConnections();
  expect((await list()).status).toBe(200);
});
