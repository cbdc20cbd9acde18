import { assessClients } from "../../../provider/clients/assessClients";
import type { Assessment } from "../../../provider/clients/assessClients";
import { keyIdentifierOf } from "../../../provider/clients/keyIdentifiers";
import { rememberedVerdicts, trustToStore } from "../../../provider/clients/storedTrust";
import { NO_VERDICTS } from "../../../provider/clients/verdictTable";
import { issueCa, issueClient, issueIntermediate } from "../../emulator/certificates/issue";
import type { Authority } from "../../emulator/certificates/issue";
import { clientOf, knownClient } from "./given";
import { active } from "./verdicts";

const NOW = Date.now() / 1000;
const COUNT = 12;

/** Authorities "ca 0" to "ca 11" whose certificates have the ids "c00" to "c11". */
const ids = Array.from({ length: COUNT }, (_, index) => `c${String(index).padStart(2, "0")}`);
let authorities: ReadonlyMap<string, Authority>;
const authority = (id: string): Authority => {
  const found = authorities.get(id);
  if (!found) throw new Error(`no authority ${id}`);
  return found;
};

beforeAll(async () => {
  authorities = new Map(
    await Promise.all(ids.map(async (id, index) => [id, await issueCa({ name: `ca ${index}` })] as const)),
  );
});

/** An update that changes nothing, with everything active and unread. */
function assessment(more: Partial<Assessment>): Assessment {
  return {
    clients: [],
    update: { before: active(ids), after: active(ids) },
    candidates: ids.map((id) => ({ id, name: null })),
    contents: new Map(),
    remembered: NO_VERDICTS,
    now: NOW,
    ...more,
  };
}

async function assess(more: Partial<Assessment>, unreadable: readonly string[] = []) {
  const reads: string[] = [];
  const assessed = await assessClients(assessment(more), async (id) => {
    reads.push(id);
    return unreadable.includes(id) ? undefined : authority(id).pem;
  });
  return { ...assessed, reads, changes: assessed.outcomes.map(({ change }) => change) };
}

describe("contents are read in the most likely order, until every client is decided", () => {
  test("without a hint, one after the other", async () => {
    const client = clientOf(await issueClient(authority("c03")));
    const { reads, changes } = await assess({ clients: [client] });
    expect({ reads, changes }).toEqual({ reads: ["c00", "c01", "c02", "c03"], changes: ["keeps trust"] });
  });

  test("first those with the name of the issuer", async () => {
    const candidates = ids.map((id, index) => ({ id, name: `CA-${index}` }));
    const client = clientOf(await issueClient(authority("c07")));
    expect(await assess({ clients: [client], candidates })).toMatchObject({ reads: ["c07"] });
  });

  test("then those with a similar name", async () => {
    const candidates = ids.map((id, index) => ({ id, name: `CA-${index} of the gateway` }));
    const client = clientOf(await issueClient(authority("c09")));
    expect(await assess({ clients: [client], candidates })).toMatchObject({ reads: ["c09"] });
  });

  test("also where an intermediate is between them", async () => {
    const candidates = ids.map((id, index) => ({ id, name: `ca ${index}` }));
    const client = clientOf(await issueClient(await issueIntermediate(authority("c05"))));
    expect(await assess({ clients: [client], candidates })).toMatchObject({ reads: ["c05"] });
  });

  test("a key identifier that is known counts more than a name", async () => {
    const candidates = ids.map((id) => {
      const keyIdentifier = keyIdentifierOf(authority(id).pem);
      return { id, name: "ca 8", ...(keyIdentifier !== undefined && { keyIdentifier }) };
    });
    const client = clientOf(await issueClient(authority("c10")));
    expect(await assess({ clients: [client], candidates })).toMatchObject({ reads: ["c10"] });
  });

  test("a CA that is active itself is known by its own name", async () => {
    const candidates = ids.map((id, index) => ({ id, name: `ca ${index}` }));
    const client = knownClient("short-lived", authority("c06").pem);
    expect(await assess({ clients: [client], candidates })).toMatchObject({
      reads: ["c06"],
      changes: ["keeps trust"],
    });
  });

  test("a validity that encloses the client's makes a certificate more likely, too", async () => {
    const later = { validAt: NOW + 1, expiresAt: NOW + 2 };
    const candidates = ids.map((id) => ({
      ...{ id, name: null },
      ...(id === "c11" ? { validAt: 0, expiresAt: NOW * 2 } : later),
    }));
    const client = clientOf(await issueClient(authority("c11")));
    expect(await assess({ clients: [client], candidates })).toMatchObject({ reads: ["c11"] });
  });

  test("one read serves all clients", async () => {
    const clients = await Promise.all(
      ["a", "b", "c"].map(async (name) => knownClient(name, (await issueClient(authority("c00"))).pem)),
    );
    expect(await assess({ clients })).toMatchObject({ reads: ["c00"] });
  });
});

describe("each content is read at most once", () => {
  test("also where no certificate trusts a client", async () => {
    const client = clientOf(await issueClient(await issueCa()));
    const { reads, changes } = await assess({ clients: [client] });
    expect({ reads: reads.sort(), changes }).toEqual({ reads: ids, changes: ["stays rejected"] });
  });

  test("what was active before is read only for a client that is rejected after", async () => {
    const update = { before: active(ids), after: active(ids.slice(1)) };
    const client = clientOf(await issueClient(authority("c00")));
    const { reads, changes } = await assess({ clients: [client], update });
    expect(reads.at(-1)).toBe("c00");
    expect({ reads: reads.sort(), changes }).toEqual({ reads: ids, changes: ["loses trust"] });
    const kept = clientOf(await issueClient(authority("c01")));
    expect(await assess({ clients: [kept], update })).toMatchObject({ reads: ["c01"] });
  });

  test("and one that cannot be read leaves it open", async () => {
    const client = clientOf(await issueClient(authority("c03")));
    const { reads, changes, unreadable } = await assess({ clients: [client] }, ["c03"]);
    expect({ reads, changes, unreadable }).toEqual({
      reads: ids,
      changes: ["unaffected"],
      unreadable: new Set(["c03"]),
    });
  });
});

describe("nothing is read", () => {
  test("without clients, and without active certificates", async () => {
    expect(await assess({})).toMatchObject({ reads: [] });
    const client = clientOf(await issueClient(authority("c00")));
    const update = { before: active([]), after: active([]) };
    expect(await assess({ clients: [client], update })).toMatchObject({
      reads: [],
      changes: ["keeps trust"],
    });
  });

  test("for a content that is known, such as that of an upload of the program", async () => {
    const client = clientOf(await issueClient(authority("c04")));
    const contents = new Map([["upload 1", authority("c04").pem]]);
    const update = { before: active([]), after: active(["upload 1", ...ids]) };
    expect(await assess({ clients: [client], contents, update })).toMatchObject({
      reads: [],
      changes: ["keeps trust"],
    });
  });

  test("again, as long as the certificate that trusts a client stays", async () => {
    const clients = [clientOf(await issueClient(authority("c02")))];
    const first = await assess({ clients });
    const stored = trustToStore(clients, new Set(ids), first.verdicts);
    const remembered = rememberedVerdicts(stored, clients, NOW);
    expect(await assess({ clients, remembered })).toMatchObject({ reads: [], changes: ["keeps trust"] });
    // When it goes, only those that were not read before are read.
    const update = { before: active(ids), after: active(ids.filter((id) => id !== "c02")) };
    const rotation = await assess({ clients, remembered, update });
    expect({ reads: rotation.reads, changes: rotation.changes }).toEqual({
      reads: ids.slice(3),
      changes: ["loses trust"],
    });
  });
});

test("the key identifiers of what was read are known afterwards", async () => {
  const client = clientOf(await issueClient(authority("c01")));
  const { keyIdentifiers } = await assess({ clients: [client] });
  expect([...keyIdentifiers]).toEqual(["c00", "c01"].map((id) => [id, keyIdentifierOf(authority(id).pem)]));
  expect(keyIdentifierOf(authority("c00").pem)).toMatch(/^[0-9a-f]{40}$/);
  expect(keyIdentifierOf("no PEM")).toBeUndefined();
});
