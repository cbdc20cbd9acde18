import type { Toggle } from "../api/certificates";
import { MAX_IDS_PER_CALL } from "../api/limits";
import type { ListedCertificate } from "../api/shapes";
import { type Refusal, refusals } from "./refusals";

/** What to do when an apply would turn enforcement on or off: say so, or refuse before anything is changed. */
export type EnforcementPolicy = "warn" | "refuse";

/** What a resource is to bring about in its scope. */
export interface Desired {
  /** Ids that are to be active. */
  readonly ids: ReadonlySet<string>;
  /** Whether every other certificate is to be inactive. */
  readonly exclusive: boolean;
  /** What to do when this turns enforcement on or off. */
  readonly enforcementChange: EnforcementPolicy;
}

/** One call of the API: at most ten ids, all or none of them. */
export interface Step {
  readonly toggle: Toggle;
  readonly ids: readonly string[];
  /** Position among the steps of the same kind, from 1, and how many there are. */
  readonly chunk: number;
  readonly chunks: number;
}

export interface Plan {
  /** Desired ids that the API would refuse. When there are any, nothing is to be sent. */
  readonly refusals: readonly Refusal[];
  /** The calls in their order: everything is activated before anything is deactivated, so a rotation overlaps. */
  readonly steps: readonly Step[];
}

/**
 * Decides which calls lead from what is active to what is desired, and makes none that changes nothing.
 * @param owned ids this resource has made or found active before; those no longer desired go off.
 * @param actual the scope's certificates as the API lists them.
 * @param now Unix seconds.
 * @param declared ids that some resource of the program declares; they are not deactivated.
 */
export function plan(
  { ids, exclusive }: Desired,
  owned: ReadonlySet<string>,
  actual: readonly ListedCertificate[],
  now: number,
  declared: ReadonlySet<string>,
): Plan {
  const active = activeIds(actual);
  const missing = ids.difference(active);
  const unwanted = active.difference(ids).difference(declared);
  const surplus = exclusive ? unwanted : unwanted.intersection(owned);
  return {
    refusals: refusals(missing, actual, now),
    steps: [...chunked("activate", [...missing].sort()), ...chunked("deactivate", [...surplus].sort())],
  };
}

/** The calls that deactivate what a resource has active. Ids that are inactive or gone need none. */
export function planRemoval(
  owned: ReadonlySet<string>,
  actual: readonly ListedCertificate[],
): readonly Step[] {
  return chunked("deactivate", [...activeIds(actual).intersection(owned)].sort());
}

/** What is active after each step. */
export function activeAfterEach(
  steps: readonly Step[],
  before: ReadonlySet<string>,
): readonly ReadonlySet<string>[] {
  let active = before;
  return steps.map(({ toggle, ids }) => {
    active = toggle === "activate" ? active.union(new Set(ids)) : active.difference(new Set(ids));
    return active;
  });
}

export function activeIds(certificates: readonly ListedCertificate[]): ReadonlySet<string> {
  return new Set(certificates.filter(({ active }) => active).map(({ id }) => id));
}

/** Cuts ids into calls, in their order. */
export function chunked(toggle: Toggle, ids: readonly string[]): readonly Step[] {
  const chunks = Math.ceil(ids.length / MAX_IDS_PER_CALL);
  return Array.from({ length: chunks }, (_, index) => ({
    toggle,
    ids: ids.slice(index * MAX_IDS_PER_CALL, (index + 1) * MAX_IDS_PER_CALL),
    chunk: index + 1,
    chunks,
  }));
}
