import type { CertificateState } from "../api/listedCertificate";
import type { ObservedState } from "./executePlan";
import { activeIds } from "./plan";

/**
 * The active certificates in the state of a resource. Sets of certificates are maps keyed by id, because the engine shows a changed
 * map key by key, and a changed list position by position, which misleads.
 */
export interface ActivationState {
  /** The ids that are this resource's and actually active. */
  readonly certificateIds: StateById;
  /** The details of those that are active. */
  readonly certificates: Readonly<Record<string, CertificateState>>;
  /** Whether any certificate is active in the scope. Absent when that is not known. */
  readonly enforced?: boolean;
  /** Ids that are active in the scope and not this resource's. */
  readonly unmanagedActiveCertificateIds: UnmanagedById;
  /** Unix seconds at which the first of the resource's certificates expires. Absent when it is not known. */
  readonly earliestExpiresAt?: number;
}

/** `unverified`: the response to the last call was lost, so the certificate may be active or not. */
export type StateById = Readonly<Record<string, "active" | "unverified">>;

/**
 * `declared`: when the state was written, another resource declared or managed the certificate, so an exclusive set left
 * it active. A refresh decides this again.
 */
export type UnmanagedById = Readonly<Record<string, "active" | "unverified" | "declared">>;

/**
 * The state that describes the certificates that are actually active.
 * @param managed ids that are, or were to be, managed by this resource. Those that are not active are not in the state.
 * @param declared ids that another resource declares or manages.
 */
export function stateOf(
  managed: ReadonlySet<string>,
  { certificates, unverified }: ObservedState,
  declared: ReadonlySet<string>,
): ActivationState {
  const active = activeIds(certificates).difference(unverified);
  const activeManaged = active.intersection(managed);
  const unmanaged = active.difference(managed);
  const details = certificates.filter(({ id }) => activeManaged.has(id));
  const expiries = details.flatMap(({ certificateDetails: { expiresAt } }) => expiresAt ?? []);
  const enforced = active.size > 0 ? true : unverified.size > 0 ? undefined : false;
  return {
    certificateIds: {
      ...byId(activeManaged, "active"),
      ...byId(unverified.intersection(managed), "unverified"),
    },
    certificates: Object.fromEntries(
      details.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(({ id, ...rest }) => [id, rest]),
    ),
    ...(enforced !== undefined && { enforced }),
    unmanagedActiveCertificateIds: {
      ...byId(unmanaged.difference(declared), "active"),
      ...byId(unmanaged.intersection(declared), "declared"),
      ...byId(unverified.difference(managed), "unverified"),
    },
    ...(expiries.length > 0 && { earliestExpiresAt: Math.min(...expiries) }),
  };
}

/** A map keyed by id. Order and duplicates are ignored. */
export function byId<T extends string>(ids: Iterable<string>, value: T): Readonly<Record<string, T>> {
  return Object.fromEntries([...ids].sort().map((id) => [id, value]));
}
