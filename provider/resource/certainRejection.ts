import type { Target } from "../session/operation";
import { checkMonitor } from "../session/session";
import { knownIds } from "./activationInputs";
import type { ActivationInputs } from "./activationInputs";
import type { MaybeUnknown } from "./arguments";
import { ALL_KNOWN, clientsOf, logClients, previewClients } from "./clients/clientJudge";
import { forecast, knownPolicies, violation } from "./forecast";
import type { Forecast } from "./forecast";
import { fetchLiveList } from "./liveList";
import { certainLockout, warnOfLockout } from "./lockoutPreview";
import type { Policies } from "./policies";
import { UNKNOWN } from "./resource";
import { managedIds, storedIds } from "./storedActivation";
import type { StoredActivation } from "./storedActivation";

type JudgedInputs = Pick<MaybeUnknown<ActivationInputs>, "certificateIds"> & MaybeUnknown<Policies>;

/**
 * Why an update is certain to be rejected: with all that the program declares, and after as long a wait for more as an
 * update has before it is rejected.
 * @param stored the state; undefined for a create.
 * @returns undefined when it is not certain.
 */
export async function certainRejection(
  target: Target,
  stored: StoredActivation | undefined,
  inputs: JudgedInputs,
): Promise<string | undefined> {
  const policies = knownPolicies(inputs);
  if (!policies || inputs.certificateIds === UNKNOWN) return undefined;
  const known = knownIds(inputs.certificateIds);
  const managed = stored ? managedIds(stored) : new Set<string>();
  const rejection = async (): Promise<string | undefined> => {
    const live = await fetchLiveList(target, known, stored && storedIds(stored));
    // Ids that are not known yet may keep or make certificates active.
    if (live?.run.unknown !== "none" || live.run.program?.isComplete === false) return undefined;
    const declared = live.run.declared.union(live.run.program?.declared ?? new Set<string>());
    const update = await forecast(live, policies, known, managed, declared);
    const isAverted = update.summary.enforcement === "turns on" && !update.declared.isSubsetOf(known.ids);
    return (
      (isAverted ? undefined : violation(update)) ??
      (await certainLockout(update)) ??
      previewClients(update, target.connection, clientsOf(policies, stored), {
        ...ALL_KNOWN,
        logs: "nothing",
      })
    );
  };
  if ((await rejection()) === undefined) return undefined;
  await checkMonitor.quiet(true);
  return rejection();
}

/**
 * The same where the engine has not checked yet what follows in the program. Where the program's process does not tell that,
 * nothing is certain, and a likely lock-out is a warning.
 */
export async function rejectOrWarn(
  update: Forecast,
  target: Target,
  stored: StoredActivation | undefined,
  inputs: JudgedInputs,
): Promise<string | undefined> {
  const isProgramKnown = update.live.run.program?.isComplete ?? false;
  const rejection = isProgramKnown ? await certainRejection(target, stored, inputs) : undefined;
  if (rejection === undefined) await warnOfLockout(update);
  await logClients(update, target.connection, stored, ALL_KNOWN, rejection !== undefined);
  return rejection;
}
