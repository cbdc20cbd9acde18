import type { Target } from "../session/operation";
import { checkMonitor } from "../session/session";
import { UserError } from "../shared/userError";
import { knownIds } from "./activationInputs";
import type { ActivationInputs } from "./activationInputs";
import type { MaybeUnknown } from "./arguments";
import { clientsOf, previewClients } from "./clients/clientJudge";
import { forecast, knownPolicies, violation } from "./forecast";
import { fetchLiveList } from "./liveList";
import { certainLockout } from "./lockoutPreview";
import { UNKNOWN } from "./resource";
import { managedIds, storedIds } from "./storedActivation";
import type { StoredActivation } from "./storedActivation";

/** By now, all ids are known, and the check and the comparison have logged what is not certain. */
const CERTAIN = { unknownIds: 0, othersFollow: false, logs: "nothing" } as const;

/**
 * Judges an update in a preview once the engine has checked the resources that the program registers at the same time.
 * @param stored the state; undefined for a create.
 * @throws UserError when the update is certain to be rejected.
 */
export async function judgePreview(
  target: Target,
  stored: StoredActivation | undefined,
  inputs: MaybeUnknown<ActivationInputs>,
): Promise<void> {
  const policies = knownPolicies(inputs);
  if (!policies || inputs.certificateIds === UNKNOWN) return;
  const known = knownIds(inputs.certificateIds);
  const managed = stored ? managedIds(stored) : new Set<string>();
  const rejection = async (): Promise<string | undefined> => {
    const live = await fetchLiveList(target, known, stored && storedIds(stored));
    // Ids that are not known yet may keep or make certificates active.
    if (live?.run.unknown !== "none") return undefined;
    const update = await forecast(live, policies, known, managed);
    const isAverted = update.summary.enforcement === "turns on" && !update.declared.isSubsetOf(known.ids);
    return (
      (isAverted ? undefined : violation(update)) ??
      (await certainLockout(update, { othersFollow: false, warns: false })) ??
      previewClients(update, target.connection, clientsOf(policies, stored), CERTAIN)
    );
  };
  if ((await rejection()) === undefined) return;
  await checkMonitor.quiet(true);
  const reason = await rejection();
  if (reason !== undefined) throw new UserError(reason);
}
