import type { KnownIds } from "../run/declarations";
import type { ActivationInputs } from "./activationInputs";
import { surplusIds } from "./storedState";
import type { StoredState } from "./storedState";
import { UNKNOWN } from "./unknown";
import type { MaybeUnknown } from "./validation";

/**
 * Whether the active certificates in the state are the desired ones, so that there is nothing to do. `expiryWarningDays` is not
 * compared: it decides what is logged, and needs no API call.
 * @param known what other resources declare, and have deactivated: they were checked before this one.
 */
export function isUpToDate(
  stored: StoredState,
  {
    certificateIds,
    exclusive,
    enforcementChange,
  }: Pick<MaybeUnknown<ActivationInputs>, "certificateIds" | "exclusive" | "enforcementChange">,
  { declared, deactivated }: Pick<KnownIds, "declared" | "deactivated">,
): boolean {
  if (certificateIds === UNKNOWN) return false;
  if (exclusive !== stored.exclusive || enforcementChange !== stored.enforcementChange) return false;
  const desired = Object.keys(certificateIds);
  if (desired.some((id) => deactivated.has(id))) return false;
  const actual = Object.entries(stored.certificateIds ?? {});
  const isDesired = ([id, state]: [string, string]): boolean => state === certificateIds[id];
  const hasOnlyDesired = actual.length === desired.length && actual.every(isDesired);
  return hasOnlyDesired && !(exclusive && surplusIds(stored, declared).size > 0);
}
