import * as v from "valibot";
import type { KnownClient } from "./knownClient";
import { REJECTION_REASONS } from "./rejection";
import type { RejectionReason, Verdict } from "./rejection";
import type { Verdicts } from "./standing";

/** What a state holds about the clients by their names, so that later updates read no content again. */
export const storedTrustSchema = v.record(
  v.string(),
  v.object({
    subject: v.string(),
    /** When the client's certificate expires, in Unix seconds. */
    expiresAt: v.number(),
    /** The active certificates that are known to trust it, by id, with the last moment at which they do, in Unix seconds. */
    trustedBy: v.record(v.string(), v.number()),
    /** The active certificates that never will, by id, with the reason; one of a later version is "other". */
    rejectedBy: v.record(v.string(), v.fallback(v.picklist(REJECTION_REASONS), "other")),
    /** SHA-256 of the client's certificates, in hexadecimal digits: the rest counts only for these. */
    digest: v.string(),
  }),
);

export type StoredTrust = Readonly<v.InferOutput<typeof storedTrustSchema>>;

type StoredClientTrust = StoredTrust[string];

/** What to store about the clients after an update. @param active the ids that are active now. */
export function trustToStore(
  clients: readonly KnownClient[],
  active: ReadonlySet<string>,
  verdicts: Verdicts,
): StoredTrust {
  return Object.fromEntries(
    clients.map(({ name, subject, expiresAt, digest }) => {
      const trustedBy: Record<string, number> = {};
      const rejectedBy: Record<string, RejectionReason> = {};
      for (const id of [...active].sort()) {
        const verdict = verdicts.of(id, name);
        if (verdict?.trusted === true) trustedBy[id] = verdict.until;
        else if (verdict && isFinal(verdict.rejection.reason)) rejectedBy[id] = verdict.rejection.reason;
      }
      return [name, { subject, expiresAt, trustedBy, rejectedBy, digest }];
    }),
  );
}

/**
 * The verdicts of a state that still hold: those of a client whose certificates are the same, because the content of an
 * id never changes. @param now Unix seconds.
 */
export function rememberedVerdicts(
  stored: StoredTrust,
  clients: readonly KnownClient[],
  now: number,
): Verdicts {
  const same = clients.filter(({ name, digest }) => stored[name]?.digest === digest);
  const names = new Set(same.map(({ name }) => name));
  return {
    of: (certificateId, clientName) =>
      names.has(clientName) ? verdictIn(stored[clientName], certificateId, now) : undefined,
  };
}

function verdictIn(trust: StoredClientTrust | undefined, id: string, now: number): Verdict | undefined {
  const until = trust?.trustedBy[id];
  if (until !== undefined && until > now) return { trusted: true, until };
  const reason = trust?.rejectedBy[id];
  return reason === undefined ? undefined : { trusted: false, rejection: { reason } };
}

/** Whether time cannot change a rejection. */
function isFinal(reason: RejectionReason): boolean {
  return reason !== "not yet valid" && reason !== "unreadable";
}
