import type { ListedCertificate } from "../../../provider/api/listedCertificate";
import type { KnownClient } from "../../../provider/clients/knownClient";
import { nextToRead } from "../../../provider/clients/readingOrder";
import type { Candidate } from "../../../provider/clients/readingOrder";
import { standingOf } from "../../../provider/clients/standing";
import type { ActiveSet, Standing, Verdicts } from "../../../provider/clients/standing";
import { VerdictTable } from "../../../provider/clients/verdictTable";
import type { Contents } from "./contents";

/** A client, and whether it can connect. */
export interface AssessedClient {
  readonly client: KnownClient;
  readonly standing: Standing;
}

/** Which clients to assess, by which certificates. */
export interface AssessInput {
  readonly clients: readonly KnownClient[];
  /** The active certificates. */
  readonly active: readonly ListedCertificate[];
  /** Whether others may be active, because a list is missing. */
  readonly isIncomplete: boolean;
  /** Unix seconds. */
  readonly now: number;
  /** A client that is trusted until then needs no other certificate to be read. Unix seconds. */
  readonly horizon: number;
}

const NOT_ENFORCED: Standing = { kind: "not enforced" };

/**
 * Finds out which clients the active certificates trust. Contents are read one at a time, the most likely first, and only
 * until every client is decided.
 */
export async function assess(input: AssessInput, contents: Contents): Promise<readonly AssessedClient[]> {
  const { clients, now } = input;
  const active: ActiveSet = {
    certain: new Set(input.active.map(({ id }) => id)),
    possible: new Set(),
    isIncomplete: input.isIncomplete,
  };
  const candidates = input.active.map(candidateOf);
  const table = new VerdictTable();
  const tried = new Set<string>();
  const learn = async (id: string, pem: string | undefined): Promise<void> => {
    tried.add(id);
    if (pem !== undefined) await table.add(id, pem, clients, now);
  };
  for (const [id, pem] of contents.known) if (active.certain.has(id)) await learn(id, pem);
  for (;;) {
    const assessed = clients.map((client) => ({ client, standing: standingOf(client.name, active, table) }));
    const open = assessed.filter((each) => !isSettled(each, input.horizon));
    const outcomes = open.map(({ client: { name } }) => ({
      client: name,
      change: "not determined" as const,
      before: NOT_ENFORCED,
      after: undecided(name, active, table),
    }));
    const id = nextToRead(outcomes, clients, candidates, tried);
    if (id === undefined) return assessed;
    await learn(id, await contents.read(id));
  }
}

/** Whether other certificates cannot change what is reported: a later expiry of its CA does not help an expiring client. */
function isSettled({ client, standing }: AssessedClient, horizon: number): boolean {
  switch (standing.kind) {
    case "not enforced":
    case "rejected":
      return true;
    case "trusted":
      return standing.until > horizon || standing.until >= client.expiresAt;
    case "not determined":
      return false;
  }
}

function undecided(client: string, { certain }: ActiveSet, verdicts: Verdicts): Standing {
  const ids = [...certain].filter((id) => verdicts.of(id, client) === undefined);
  return { kind: "not determined", undecided: ids, possibly: [] };
}

function candidateOf({ id, name, certificateDetails }: ListedCertificate): Candidate {
  return { id, name, ...certificateDetails };
}
