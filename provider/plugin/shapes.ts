import { byId } from "../activation/state";
import type { Properties } from "../resource/resource";
import { UNKNOWN } from "../resource/unknown";
import { isObject } from "./wire";

/**
 * The two shapes of an activation's properties. The core keeps sets of ids as maps keyed by id. The plugin's schema has
 * sorted lists, which every language can express:
 *
 * - `certificateIds` and `unmanagedActiveCertificateIds` are lists of the ids that are known to be active.
 * - `unverifiedCertificateIds` are ids of the resource of which that is not known; absent when there are none.
 * - `unmanagedStates` holds what is known of unmanaged ids other than that they are active; absent when there is none.
 *
 * A state that the dynamic resource wrote has the core's shape. Both are accepted.
 */

/** Whether the dynamic resource wrote a state. */
export function isFromDynamicResource(state: Properties): boolean {
  return "__provider" in state || isObject(state["certificateIds"]);
}

/** Inputs or a state in the core's shape. The connection of a moved state is that of the provider now. */
export function toMaps(properties: Properties): Properties {
  const {
    __provider,
    connection,
    certificateIds,
    unverifiedCertificateIds,
    unmanagedActiveCertificateIds,
    unmanagedStates,
    ...others
  } = properties;
  return {
    ...others,
    ...(certificateIds !== undefined && {
      certificateIds: withStates(certificateIds, byId(idsOf(unverifiedCertificateIds), "unverified")),
    }),
    ...(unmanagedActiveCertificateIds !== undefined && {
      unmanagedActiveCertificateIds: withStates(unmanagedActiveCertificateIds, unmanagedStates),
    }),
  };
}

function withStates(ids: unknown, states: unknown): unknown {
  return Array.isArray(ids) ? { ...byId(idsOf(ids), "active"), ...(isObject(states) && states) } : ids;
}

/** Inputs in the shape of the schema. */
export function toListedInputs(inputs: Properties): Properties {
  const { connection, certificateIds, ...others } = inputs;
  return { ...others, certificateIds: certificateIds === UNKNOWN ? UNKNOWN : idsOf(certificateIds) };
}

/** A state in the shape of the schema. */
export function toListedState(state: Properties): Properties {
  const { __provider, connection, certificateIds, unmanagedActiveCertificateIds, ...others } = state;
  const unverified = idsOf(certificateIds).filter((id) => !isActive(certificateIds, id));
  const unmanaged = Object.entries(
    isObject(unmanagedActiveCertificateIds) ? unmanagedActiveCertificateIds : {},
  );
  const unmanagedStates = unmanaged.filter(([, state]) => state !== "active");
  return {
    ...others,
    certificateIds: idsOf(certificateIds).filter((id) => isActive(certificateIds, id)),
    ...(unverified.length > 0 && { unverifiedCertificateIds: unverified }),
    unmanagedActiveCertificateIds: unmanaged
      .filter(([, state]) => state !== "unverified")
      .map(([id]) => id)
      .sort(),
    ...(unmanagedStates.length > 0 && { unmanagedStates: Object.fromEntries(unmanagedStates) }),
  };
}

/** The ids of a list or of a map keyed by id, sorted. */
export function idsOf(set: unknown): readonly string[] {
  if (Array.isArray(set)) return set.filter((id) => typeof id === "string").sort();
  return isObject(set) ? Object.keys(set).sort() : [];
}

function isActive(certificateIds: unknown, id: string): boolean {
  return isObject(certificateIds) && certificateIds[id] === "active";
}
