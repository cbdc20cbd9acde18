import type { KnownClient } from "./client";
import type { RejectionReason, Verdict } from "./rejection";
import type { Verdicts } from "./standing";

/** What a state holds about a client, so that later updates read no content again. */
export interface StoredClientTrust {
  readonly subject: string;
  /** When the client's certificate expires, in Unix seconds. */
  readonly expiresAt: number;
  /** The active certificates that are known to trust it, by id, with the last moment at which they do, in Unix seconds. */
  readonly trustedBy: Readonly<Record<string, number>>;
  /** The active certificates that never will, by id, with the reason. */
  readonly rejectedBy: Readonly<Record<string, RejectionReason>>;
  /** SHA-256 of the client's certificates, in hexadecimal digits: the rest counts only for these. */
  readonly digest: string;
}

/** By the names of the clients. */
export type StoredTrust = Readonly<Record<string, StoredClientTrust>>;

/** What to store about the clients after an update. @param active the ids that are active now. */
export function trustToStore(
  clients: readonly KnownClient[],
  active: ReadonlySet<string>,
  verdicts: Verdicts,
): StoredTrust {
  const ids = [...active].sort();
  return Object.fromEntries(
    clients.map((client) => {
      const known = ids.flatMap((id) => {
        const verdict = verdicts.of(id, client.name);
        return verdict ? [{ id, verdict }] : [];
      });
      const { name, subject, expiresAt, digest } = client;
      const trustedBy = Object.fromEntries(
        known.flatMap(({ id, verdict }) => (verdict.trusted ? [[id, verdict.until]] : [])),
      );
      const rejectedBy = Object.fromEntries(
        known.flatMap(({ id, verdict }) =>
          !verdict.trusted && isFinal(verdict.rejection.reason) ? [[id, verdict.rejection.reason]] : [],
        ),
      );
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
