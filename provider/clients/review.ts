import { SECONDS_A_DAY } from "../shared/unixTime";
import type { KnownClient } from "./knownClient";
import {
  expiryMessage,
  lockoutMessage,
  rejectedMessage,
  unaffectedMessage,
  undeterminedMessage,
} from "./messages";
import type { Outcome } from "./outcome";
import type { Candidate } from "./readingOrder";

/** What to do when an update would lock a client out: warn, or fail before anything is changed. */
export type ClientLockoutPolicy = "warn" | "refuse";

/** What to report of the outcomes. */
export interface ClientReview {
  /** Why the preview or update must fail. */
  readonly failures: readonly string[];
  readonly warnings: readonly string[];
}

export interface ReviewInput {
  readonly outcomes: readonly Outcome[];
  readonly clients: readonly KnownClient[];
  /** The certificates of the update, for their names. */
  readonly candidates: readonly Candidate[];
  readonly policy: ClientLockoutPolicy;
  /** Whether what is not determined is a failure, too: a preview only warns, and the update needs proof. */
  readonly needsProof: boolean;
  /** A client that can connect for no more than this many days gets a warning. */
  readonly expiryWarningDays: number;
  /** Unix seconds. */
  readonly now: number;
}

/** Decides which outcomes fail a preview or an update, and which are warnings. */
export function reviewClients(input: ReviewInput): ClientReview {
  const failures: string[] = [];
  const warnings: string[] = [];
  const byName = new Map(input.clients.map((client) => [client.name, client]));
  const { candidates, now, policy, needsProof } = input;
  for (const outcome of input.outcomes) {
    const client = byName.get(outcome.client);
    if (!client) continue;
    const named = { client, candidates, now };
    switch (outcome.change) {
      case "loses trust":
        (policy === "refuse" ? failures : warnings).push(lockoutMessage(outcome, named));
        break;
      case "not determined":
        (policy === "refuse" && needsProof ? failures : warnings).push(undeterminedMessage(outcome, named));
        break;
      case "unaffected":
        warnings.push(unaffectedMessage(outcome, named));
        break;
      case "stays rejected":
        warnings.push(rejectedMessage(outcome, named));
        break;
      case "keeps trust":
      case "gains trust":
      case "is trusted": {
        const until = trustedUntil(client, outcome);
        if (until - now <= input.expiryWarningDays * SECONDS_A_DAY)
          warnings.push(expiryMessage(named, until));
      }
    }
  }
  return { failures, warnings };
}

/** How long a client can connect, if no certificate is deactivated. Unix seconds. */
export function trustedUntil({ expiresAt }: KnownClient, { after }: Outcome): number {
  return after.kind === "trusted" ? Math.min(after.until, expiresAt) : expiresAt;
}

/** Why a preview or an update fails. */
export function lockoutError(failures: readonly string[]): string {
  return [
    "this would lock out known clients.",
    ...failures.map((failure) => `  ${failure}`),
    '  To continue anyway, set clientLockout to "warn", or remove the clients that are no longer in use. Before a delete, ' +
      "run `pulumi up` with that change.",
  ].join("\n");
}
