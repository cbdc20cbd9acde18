import type { DeclaredClient } from "../run/declaredClients";
import type { Assessed } from "./assessClients";
import type { KnownClient } from "./knownClient";
import type { Outcome } from "./outcome";
import type { Candidate } from "./readingOrder";
import { reviewClients, trustedUntil } from "./review";
import type { ClientReview } from "./review";
import { isAccepted } from "./standing";

/** Clients to which the same certificates and the same policy apply, and what an update means for them. */
export interface AssessedGroup extends Assessed {
  readonly clients: readonly KnownClient[];
  /** Whether the resource that is updated declares them; otherwise another one of the program does. */
  readonly isOwn: boolean;
  readonly lockout: DeclaredClient["lockout"];
}

/** What an update means for the clients of the program. */
export interface ChangeAssessment {
  /** The first one is that of the resource. */
  readonly groups: readonly [AssessedGroup, ...AssessedGroup[]];
  readonly candidates: readonly Candidate[];
  /** Active certificates that a project inherits from the organization. */
  readonly inherited: ReadonlySet<string>;
}

/** Whether a client can connect. */
export const STANDINGS = ["not enforced", "trusted", "rejected", "not determined"] as const;

export type ClientStanding = (typeof STANDINGS)[number];

/** What an update means for a client. */
export interface ClientSummary {
  readonly name: string;
  readonly before: ClientStanding;
  readonly after: ClientStanding;
  /** How long it can connect, in Unix seconds. */
  readonly until?: number;
}

/**
 * What to report of an update. Of clients of other resources, only what the update may take from them.
 * @param needsProof whether what is not determined is a failure, too.
 */
export function reviewChange(
  { groups, candidates }: ChangeAssessment,
  { expiryWarningDays, needsProof }: { readonly expiryWarningDays: number; readonly needsProof: boolean },
): ClientReview {
  const now = Date.now() / 1000;
  const reviews = groups.map(({ clients, outcomes, isOwn, lockout }) =>
    reviewClients({
      outcomes: isOwn ? outcomes : outcomes.filter(mayLoseTrust),
      ...{ clients, candidates, policy: lockout, needsProof, expiryWarningDays, now },
    }),
  );
  return {
    failures: reviews.flatMap(({ failures }) => failures),
    warnings: reviews.flatMap(({ warnings }) => warnings),
  };
}

/** What a reviewer reads of the clients: those of the resource, and others that the update would lock out. */
export function summarizeClients({ groups }: ChangeAssessment): readonly ClientSummary[] {
  return groups.flatMap(({ outcomes, clients, isOwn }) =>
    outcomes
      .filter(({ change }) => isOwn || change === "loses trust")
      .map((outcome) => {
        const client = clients.find(({ name }) => name === outcome.client);
        return {
          name: outcome.client,
          before: outcome.before.kind,
          after: outcome.after.kind,
          ...(client && isAccepted(outcome.after) && { until: trustedUntil(client, outcome) }),
        };
      }),
  );
}

function mayLoseTrust({ change }: Outcome): boolean {
  return change === "loses trust" || change === "not determined";
}
