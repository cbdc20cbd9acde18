import { DeletedProject } from "../activation/storedOrganization";
import type { Target } from "../session/operation";
import { UserError } from "../shared/userError";
import { knownIds } from "./activationInputs";
import type { ActivationInputs } from "./activationInputs";
import type { MaybeUnknown } from "./arguments";
import { rejectOrWarn } from "./certainRejection";
import { ALL_KNOWN, logClients } from "./clients/clientJudge";
import { forecast, knownPolicies } from "./forecast";
import { fetchLiveList } from "./liveList";
import { warnOfLockout } from "./lockoutPreview";
import { logSummary } from "./logSummary";
import { UNKNOWN } from "./resource";
import { managedIds, presumedIds, storedIds } from "./storedActivation";
import type { StoredActivation } from "./storedActivation";

/**
 * Logs what an update will do.
 * @throws UserError when it is certain to be rejected.
 */
export async function logUpdate(
  target: Target,
  stored: StoredActivation,
  inputs: MaybeUnknown<ActivationInputs>,
): Promise<void> {
  const policies = knownPolicies(inputs);
  if (!policies || inputs.certificateIds === UNKNOWN) return;
  const known = knownIds(inputs.certificateIds);
  const live = await fetchLiveList(target, known, storedIds(stored));
  if (!live) return;
  const declared = live.run.declared.union(presumedIds(stored, live.run.declared));
  const update = await forecast(live, policies, known, managedIds(stored), declared);
  const rejection = await rejectOrWarn(update, target, stored, inputs);
  logSummary(update, rejection);
  if (rejection !== undefined) throw new UserError(rejection);
}

/** Logs what the removal of a replaced resource will do. */
export async function logRemoval(target: Target, stored: StoredActivation): Promise<void> {
  const none = { ids: new Set<string>(), unknown: 0 };
  const live = await fetchLiveList(target, none, storedIds(stored)).catch((error: unknown) => {
    // The removal has nothing to do then.
    if (error instanceof DeletedProject) return undefined;
    throw error;
  });
  if (!live) return;
  const removal = await forecast(live, { ...stored, exclusive: false }, none, managedIds(stored));
  logSummary(removal);
  await warnOfLockout(removal);
  await logClients(removal, target.connection, stored, ALL_KNOWN);
}

/**
 * Makes sure that the organization is the one that a state describes, after settings changed of which that is not certain.
 * @returns false when a preview cannot list.
 * @throws UserError when it has none of the certificates in the state.
 */
export async function verifyOrganization(target: Target, stored: StoredActivation): Promise<boolean> {
  const ids = storedIds(stored);
  if (ids === undefined || ids.size === 0) return true;
  return (await fetchLiveList(target, { ids: new Set() }, ids)) !== undefined;
}
