import { isAccepted, standingOf } from "./standing";
import type { ActiveSet, Standing, Verdicts } from "./standing";

/** What an update changes for a client. */
export type ClientChange =
  /** It can connect before and after. */
  | "keeps trust"
  /** It can connect after the update, and could not before. */
  | "gains trust"
  /** It can connect after the update. Whether it could before was not determined, and is of no importance. */
  | "is trusted"
  /** It can connect before the update, and not after: the update would lock it out. */
  | "loses trust"
  /** It could not connect before either, so the update does not lock it out. */
  | "stays rejected"
  /**
   * It is not known whether it can connect, but the update does not change that: mTLS is enforced already, and each
   * certificate that might trust it stays active.
   */
  | "unaffected"
  /** It is not known whether the update would lock it out. */
  | "not determined";

/** The certificates that are active before and after an update. */
export interface Update {
  readonly before: ActiveSet;
  readonly after: ActiveSet;
}

/** A client, before and after an update. */
export interface Outcome {
  /** The client's name. */
  readonly client: string;
  readonly change: ClientChange;
  readonly before: Standing;
  readonly after: Standing;
}

/** What an update changes for each client, as far as the verdicts are known. */
export function outcomesOf(
  clients: readonly string[],
  { before, after }: Update,
  verdicts: Verdicts,
): readonly Outcome[] {
  return clients.map((client) => {
    const standings = {
      before: standingOf(client, before, verdicts),
      after: standingOf(client, after, verdicts),
    };
    const losesNothing = keepsAllThatMayTrust(client, { before, after }, verdicts);
    return { client, change: changeOf(standings, losesNothing), ...standings };
  });
}

/** Whether every certificate that may be what a client is trusted by stays active. */
function keepsAllThatMayTrust(client: string, { before, after }: Update, verdicts: Verdicts): boolean {
  if (before.certain.size === 0 || before.isIncomplete) return false;
  const gone = before.certain.union(before.possible).difference(after.certain);
  return [...gone].every((id) => verdicts.of(id, client)?.trusted === false);
}

function changeOf({ before, after }: Pick<Outcome, "before" | "after">, losesNothing: boolean): ClientChange {
  if (isAccepted(after)) {
    if (before.kind === "not determined") return "is trusted";
    return isAccepted(before) ? "keeps trust" : "gains trust";
  }
  if (before.kind === "rejected") return "stays rejected";
  if (losesNothing) return "unaffected";
  return after.kind === "rejected" && isAccepted(before) ? "loses trust" : "not determined";
}
