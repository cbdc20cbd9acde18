import type { Rejection, Verdict } from "./rejection";

/** What is known by now: verdicts by certificate id and client. One that is absent was not found out yet. */
export interface Verdicts {
  of(certificateId: string, clientName: string): Verdict | undefined;
}

/** The certificates that are active at one time, those that a project inherits included. */
export interface ActiveSet {
  /** Ids that are certainly active. A pending upload has the id {@link pendingUploads} gives it. */
  readonly certain: ReadonlySet<string>;
  /** Other ids that may be active, because another resource of the program may activate or keep them. */
  readonly possible: ReadonlySet<string>;
  /** Whether certificates may be active of which neither the id nor the content is known. */
  readonly isIncomplete: boolean;
}

/** Whether a client can connect while a set of certificates is active. */
export type Standing =
  /** No certificate is active, so none is required. */
  | { readonly kind: "not enforced" }
  | {
      readonly kind: "trusted";
      /** The ids of the certificates that are known to trust it, sorted. */
      readonly by: readonly string[];
      /** The last moment at which one of them does, in Unix seconds. */
      readonly until: number;
    }
  | { readonly kind: "rejected"; readonly rejections: readonly CertificateRejection[] }
  | {
      readonly kind: "not determined";
      /** Ids whose verdict is not known, sorted. */
      readonly undecided: readonly string[];
      /** Ids that would trust it, and that may or may not be active; sorted. */
      readonly possibly: readonly string[];
    };

/** Why one certificate does not trust a client. */
export interface CertificateRejection {
  readonly id: string;
  readonly rejection: Rejection;
}

/** Decides whether a client can connect. What is not known for certain is not determined, and never trusted. */
export function standingOf(client: string, active: ActiveSet, verdicts: Verdicts): Standing {
  const { certain, possible, isIncomplete } = active;
  if (certain.size === 0 && possible.size === 0 && !isIncomplete) return { kind: "not enforced" };
  const trusting = [...certain].sort().flatMap((id) => {
    const verdict = verdicts.of(id, client);
    return verdict?.trusted === true ? [{ id, until: verdict.until }] : [];
  });
  if (trusting.length > 0) {
    return {
      kind: "trusted",
      by: trusting.map(({ id }) => id),
      until: Math.max(...trusting.map(({ until }) => until)),
    };
  }
  const all = [...certain.union(possible)].sort();
  const undecided = all.filter((id) => verdicts.of(id, client) === undefined);
  const possibly = all.filter((id) => verdicts.of(id, client)?.trusted === true);
  // With no certain one, nothing may be enforced at all.
  if (undecided.length > 0 || possibly.length > 0 || isIncomplete || certain.size === 0)
    return { kind: "not determined", undecided, possibly };
  const rejections = all.flatMap((id) => {
    const verdict = verdicts.of(id, client);
    return verdict?.trusted === false ? [{ id, rejection: verdict.rejection }] : [];
  });
  return { kind: "rejected", rejections };
}

/** Whether a client is certain to connect. */
export function isAccepted({ kind }: Standing): boolean {
  return kind === "trusted" || kind === "not enforced";
}
