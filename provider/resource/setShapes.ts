import { byId } from "../activation/state";
import { isObject } from "../shared/isObject";
import type { Properties } from "./resource";

/**
 * The two shapes of an activation's properties. The core keeps sets of ids as maps keyed by id. The plugin's schema has
 * sorted lists, which every language can express:
 *
 * - `certificateIds` and `unmanagedActiveCertificateIds` are lists of the ids that are known to be active.
 * - `unverifiedCertificateIds` are ids of the resource of which that is not known; absent when there are none.
 * - `unmanagedStates` holds what is known of unmanaged ids other than that they are active; absent when there is none.
 *
 * A state that the dynamic resource wrote has the core's shape. Both are accepted, so that stacks can move from one
 * provider to the other, and back.
 */

/** Inputs or a state of an activation, of either shape, with the sets as maps. Other properties stay as they are. */
export function setsAsMaps(properties: Properties): Properties {
  const {
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

/** The ids of a list or of a map keyed by id, sorted. */
export function idsOf(set: unknown): readonly string[] {
  if (Array.isArray(set)) return set.filter((id) => typeof id === "string").sort();
  return isObject(set) ? Object.keys(set).sort() : [];
}

function withStates(ids: unknown, states: unknown): unknown {
  return Array.isArray(ids) ? { ...byId(idsOf(ids), "active"), ...(isObject(states) && states) } : ids;
}
