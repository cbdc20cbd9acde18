import { keyIdentifierOf } from "./keyIdentifiers";
import type { KnownClient } from "./knownClient";
import { outcomesOf } from "./outcome";
import type { Outcome, Update } from "./outcome";
import { nextToRead } from "./readingOrder";
import type { Candidate } from "./readingOrder";
import type { Verdicts } from "./standing";
import { VerdictTable } from "./verdictTable";

/** What has to be known to assess an update. */
export interface Assessment {
  readonly clients: readonly KnownClient[];
  readonly update: Update;
  /** What is known of the certificates of the update without their contents. */
  readonly candidates: readonly Candidate[];
  /** The contents that are known without a call, by id: of uploads of the program, or read before. */
  readonly contents: ReadonlyMap<string, string>;
  /**
   * Whether several calls end enforcement: then it has to be known who is trusted before, so that nobody is locked out
   * between them.
   */
  readonly endsStepwise?: boolean;
  /** Verdicts of an earlier update. */
  readonly remembered: Verdicts;
  /** Unix seconds. */
  readonly now: number;
}

/** What an update changes for the clients, and what was learned on the way. */
export interface Assessed {
  readonly outcomes: readonly Outcome[];
  readonly verdicts: Verdicts;
  /** The subject key identifiers of the contents that are known, by id, in hexadecimal digits. */
  readonly keyIdentifiers: ReadonlyMap<string, string>;
  /** Ids whose contents could not be read. */
  readonly unreadable: ReadonlySet<string>;
}

/**
 * Finds out what an update changes for each client. Contents are read one at a time, the most likely first, each at most
 * once and only until every client is decided.
 * @param read reads the content of a certificate; undefined when that is not possible now.
 */
export async function assessClients(
  { clients, update, candidates, contents, endsStepwise = false, remembered, now }: Assessment,
  read: (id: string) => Promise<string | undefined>,
): Promise<Assessed> {
  const table = new VerdictTable(remembered);
  const keyIdentifiers = new Map<string, string>();
  const unreadable = new Set<string>();
  const tried = new Set<string>();
  const learn = async (id: string, pem: string): Promise<void> => {
    await table.add(id, pem, clients, now);
    const keyIdentifier = keyIdentifierOf(pem);
    if (keyIdentifier !== undefined) keyIdentifiers.set(id, keyIdentifier);
  };
  for (const id of involvedIds(update)) {
    const pem = contents.get(id);
    if (pem !== undefined) await learn(id, pem);
  }
  const names = clients.map(({ name }) => name);
  for (;;) {
    const outcomes = outcomesOf(names, update, table);
    const id = nextToRead(outcomes, clients, candidates, tried, endsStepwise);
    if (id === undefined) return { outcomes, verdicts: table, keyIdentifiers, unreadable };
    tried.add(id);
    const pem = await read(id);
    if (pem === undefined) unreadable.add(id);
    else await learn(id, pem);
  }
}

function involvedIds({ before, after }: Update): ReadonlySet<string> {
  return before.certain.union(before.possible).union(after.certain).union(after.possible);
}
