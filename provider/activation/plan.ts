import type { ActivationAction } from "../api/certificates";
import { MAX_IDS_PER_CALL } from "../api/limits";
import type { ListedCertificate } from "../api/listedCertificate";
import { validateActivation } from "./validateActivation";
import type { ValidationFailure } from "./validateActivation";

/** What to do when an update would turn enforcement on or off: warn, or fail before anything is changed. */
export type EnforcementPolicy = "warn" | "refuse";

/** The desired certificates of a scope, and its policies. */
export interface Desired {
  /** Ids that are to be active. */
  readonly ids: ReadonlySet<string>;
  /** Whether every other certificate is to be inactive. */
  readonly exclusive: boolean;
  /** What to do when this turns enforcement on or off. */
  readonly enforcementChange: EnforcementPolicy;
}

/** One call of the API: at most ten ids, all or none of them. */
export interface Chunk {
  readonly action: ActivationAction;
  readonly ids: readonly string[];
  /** Position among the chunks of the same action, from 1, and how many there are. */
  readonly number: number;
  readonly total: number;
}

export interface Plan {
  /** Desired ids that the API would reject. If there are any, nothing is sent. */
  readonly failures: readonly ValidationFailure[];
  /** The calls in their order: everything is activated before anything is deactivated, so a rotation overlaps. */
  readonly chunks: readonly Chunk[];
}

/**
 * Plans the calls from the active certificates to the desired ones.
 * @param managed ids this resource has made or found active before; those no longer desired are deactivated.
 * @param actual the scope's certificates as the API lists them.
 * @param now Unix seconds.
 * @param declared ids that some resource of the program declares; they are not deactivated.
 */
export function plan(
  { ids, exclusive }: Desired,
  managed: ReadonlySet<string>,
  actual: readonly ListedCertificate[],
  now: number,
  declared: ReadonlySet<string>,
): Plan {
  const active = activeIds(actual);
  const missing = ids.difference(active);
  const unwanted = active.difference(ids).difference(declared);
  const surplus = exclusive ? unwanted : unwanted.intersection(managed);
  return {
    failures: validateActivation(missing, actual, now),
    chunks: [...chunked("activate", [...missing].sort()), ...chunked("deactivate", [...surplus].sort())],
  };
}

/** The calls that deactivate what a resource has active. Ids that are inactive or gone need none. */
export function planRemoval(
  managed: ReadonlySet<string>,
  actual: readonly ListedCertificate[],
): readonly Chunk[] {
  return chunked("deactivate", [...activeIds(actual).intersection(managed)].sort());
}

/** What is active after each chunk. */
export function activeAfterEach(
  chunks: readonly Chunk[],
  before: ReadonlySet<string>,
): readonly ReadonlySet<string>[] {
  let active = before;
  return chunks.map(({ action, ids }) => {
    active = action === "activate" ? active.union(new Set(ids)) : active.difference(new Set(ids));
    return active;
  });
}

export function activeIds(certificates: readonly ListedCertificate[]): ReadonlySet<string> {
  return new Set(certificates.filter(({ active }) => active).map(({ id }) => id));
}

/** Cuts ids into calls, in their order. */
export function chunked(action: ActivationAction, ids: readonly string[]): readonly Chunk[] {
  const total = Math.ceil(ids.length / MAX_IDS_PER_CALL);
  return Array.from({ length: total }, (_, index) => ({
    action,
    ids: ids.slice(index * MAX_IDS_PER_CALL, (index + 1) * MAX_IDS_PER_CALL),
    number: index + 1,
    total,
  }));
}
