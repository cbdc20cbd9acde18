import { readingApi } from "../../cli/check/look/api";
import { look } from "../../cli/check/look/look";
import type { LookInput, Observed } from "../../cli/check/look/look";
import { Client } from "../../provider/api/client";
import { parseClient } from "../../provider/clients/knownClient";
import type { KnownClient } from "../../provider/clients/knownClient";
import { issueCa, issueClient, issueIntermediate } from "../emulator/certificates/issue";
import type { Authority, IssuedCertificate } from "../emulator/certificates/issue";
import { countCalls, startEmulator } from "../emulator/index";
import type { Emulator } from "../emulator/index";
import { clientOf, requestContext } from "./connected";

const WINDOW_MS = 1_000;
const DAY_MS = 86_400_000;
const PROJECTS = Array.from({ length: 20 }, (_, index) => `proj_${index + 1}`);

let emulator: Emulator;
afterEach(() => emulator.close());

/** Looks with the emulator's own window of the rate limit. */
function lookAt(input: Partial<LookInput> = {}): Promise<Observed> {
  const client = new Client(clientOf(emulator).connection, WINDOW_MS);
  const now = Date.now() / 1000;
  return look(
    readingApi(client, () => requestContext(60)),
    { projects: [], clients: [], now, horizon: now + 30 * 86_400, ...input },
  );
}

function known(name: string, { chainPem }: IssuedCertificate): KnownClient {
  const parsed = parseClient(name, chainPem);
  if ("problem" in parsed) throw new Error(parsed.problem);
  return parsed.client;
}

const standings = ({ clients }: Observed) =>
  Object.fromEntries(clients.map(({ client, standing }) => [client.name, standing]));

/** An organization whose certificates have the names of their authorities, as is usual. */
async function seedAuthorities(count: number): Promise<readonly Authority[]> {
  const authorities: Authority[] = [];
  for (let index = 1; index <= count; index += 1) {
    const authority = await issueCa({ name: `authority ${index}` });
    emulator.seed([{ id: `cert_${index}`, name: authority.name, pem: authority.pem, active: true }]);
    authorities.push(authority);
  }
  return authorities;
}

describe("50 certificates, 20 projects and 12 clients", () => {
  const check = async () => {
    const authorities = await seedAuthorities(50);
    const clients = await Promise.all(
      authorities
        .filter((_, index) => index % 4 === 0)
        .slice(0, 12)
        .map(async (authority) => known(`client of ${authority.name}`, await issueClient(authority))),
    );
    const observed = await lookAt({ projects: PROJECTS, clients });
    expect(observed.scopes).toHaveLength(21);
    expect(observed.scopes.every(({ failure }) => failure === undefined)).toBe(true);
    expect(observed.clients.map(({ standing }) => standing.kind)).toEqual(clients.map(() => "trusted"));
  };

  test("take one call for each scope, and one for each certificate that decides a client", async () => {
    emulator = await startEmulator({ projects: PROJECTS });
    await check();
    expect(countCalls(emulator.log)).toEqual({ list: 21, get: 12 });
  });

  test("take no other calls under the rate limit, apart from one rejection in each window", async () => {
    let time = 0;
    emulator = await startEmulator({
      projects: PROJECTS,
      throttle: { requests: 8, windowSeconds: WINDOW_MS / 1000, clock: () => time },
      // The next window starts with a rejection, so that the test does not depend on the speed of the machine.
      onCall: ({ status }) => {
        if (status === 429) time += WINDOW_MS;
      },
    });
    await check();
    const accepted = emulator.log.filter(({ status }) => status === 200);
    expect(countCalls(accepted)).toEqual({ list: 21, get: 12 });
    expect(emulator.log.length - accepted.length).toBeLessThanOrEqual(3);
  });
});

describe("which contents are read", () => {
  beforeEach(async () => {
    emulator = await startEmulator({ projects: ["proj_a"] });
  });

  test("none without a client, and none where nothing is active", async () => {
    emulator.seed([{ id: "cert_a", active: true }]);
    await lookAt();
    emulator.setActive("cert_a", false);
    const client = known("billing", await issueClient(await issueCa()));
    expect(standings(await lookAt({ clients: [client] }))).toEqual({ billing: { kind: "not enforced" } });
    expect(countCalls(emulator.log)).toEqual({ list: 2 });
  });

  test("all active ones until a client is certainly rejected, each once for all clients", async () => {
    await seedAuthorities(3);
    emulator.seed([{ id: "cert_unused" }]);
    const other = await issueCa({ name: "other" });
    const clients = [known("a", await issueClient(other)), known("b", await issueClient(other))];
    const observed = await lookAt({ clients });
    expect(observed.clients.map(({ standing }) => standing.kind)).toEqual(["rejected", "rejected"]);
    expect(countCalls(emulator.log)).toEqual({ list: 1, get: 3 });
  });

  test("the one that decides the check's own client certificate counts for the clients, too", async () => {
    const [authority] = await seedAuthorities(3);
    if (!authority) throw new Error("none");
    const own = known("own", await issueClient(authority));
    const observed = await lookAt({ own, clients: [known("billing", await issueClient(authority))] });
    expect(observed.own?.standing).toMatchObject({ kind: "trusted", by: ["cert_1"] });
    expect(standings(observed)).toMatchObject({ billing: { kind: "trusted", by: ["cert_1"] } });
    expect(countCalls(emulator.log)).toEqual({ list: 1, get: 1 });
  });

  test("another one when that which trusts the client expires soon, so that a renewed CA is no false alarm", async () => {
    const soon = new Date(Date.now() + 5 * DAY_MS);
    const root = await issueCa({ name: "root" });
    const old = await issueIntermediate(root, { name: "gateway", expires: soon });
    const renewed = await issueIntermediate(root, { name: "gateway", keys: old.keys });
    emulator.seed([
      { id: "cert_1", name: "gateway", pem: old.pem, active: true },
      { id: "cert_2", name: "renewed", pem: renewed.pem, active: true },
    ]);
    const { pem, ...rest } = await issueClient(old);
    const client = known("billing", { ...rest, pem, chainPem: pem });
    const [assessed] = (await lookAt({ clients: [client] })).clients;
    expect(assessed?.standing).toMatchObject({ kind: "trusted", by: ["cert_1", "cert_2"] });
    expect(assessed?.standing).toMatchObject({ until: client.expiresAt });
  });

  test("those of the projects, too: a client of one project is trusted by its certificate", async () => {
    await seedAuthorities(1);
    const team = await issueCa({ name: "team" });
    emulator.seed([{ id: "cert_team", name: "team", pem: team.pem, activeIn: ["proj_a"] }]);
    const clients = [known("team", await issueClient(team))];
    expect(standings(await lookAt({ projects: ["proj_a"], clients }))).toMatchObject({
      team: { kind: "trusted", by: ["cert_team"] },
    });
    expect(standings(await lookAt({ clients }))).toMatchObject({ team: { kind: "rejected" } });
  });
});

describe("what cannot be read", () => {
  beforeEach(async () => {
    emulator = await startEmulator({ projects: ["proj_b"] });
  });

  test("a project that does not exist leaves the others to be checked, and a client undecided", async () => {
    await seedAuthorities(1);
    const clients = [known("x", await issueClient(await issueCa({ name: "other" })))];
    const observed = await lookAt({ projects: ["proj_a", "proj_b"], clients });
    expect(observed.scopes.map(({ failure }) => failure)).toEqual([
      undefined,
      expect.stringContaining("404"),
      undefined,
    ]);
    expect(standings(observed)).toMatchObject({ x: { kind: "not determined" } });
  });

  test("one content leaves the others to be read, and only a client that needs it undecided", async () => {
    const [first, second] = await seedAuthorities(2);
    if (!first || !second) throw new Error("none");
    emulator.faults.add({ endpoint: "get", kind: "status", status: 404, times: 1 });
    const clients = [known("a", await issueClient(first)), known("b", await issueClient(second))];
    const observed = await lookAt({ clients });
    const unreadable = [...observed.unreadable.keys()];
    expect(unreadable).toEqual([expect.stringMatching(/^cert_[12]$/)]);
    expect(standings(observed)).toMatchObject({
      a: unreadable[0] === "cert_1" ? { kind: "not determined", undecided: ["cert_1"] } : { kind: "trusted" },
      b: unreadable[0] === "cert_2" ? { kind: "not determined", undecided: ["cert_2"] } : { kind: "trusted" },
    });
  });

  test("an organization without access ends the check after one call", async () => {
    emulator.faults.add({ endpoint: "list", kind: "status", status: 403 });
    const observed = await lookAt({
      projects: ["proj_b"],
      clients: [known("a", await issueClient(await issueCa()))],
    });
    expect(observed.scopes[0]?.failure).toContain("api.mtls.read");
    expect(observed.clients).toEqual([]);
    expect(countCalls(emulator.log)).toEqual({ list: 1 });
  });
});
