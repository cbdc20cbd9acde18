import { isDeepStrictEqual } from "node:util";
import { activeIds } from "../activation/plan";
import { validateActivation } from "../activation/validateActivation";
import { knownIds } from "./activationInputs";
import type { ActivationInputs, ScopeKind } from "./activationInputs";
import type { MaybeUnknown } from "./arguments";
import { fetchLiveList, knownPolicies, logSummary, summarizeLive, violation } from "./liveList";
import { certainLockout } from "./lockoutPreview";
import { affectsCertificates } from "./policies";
import type { CheckFailure } from "./resource";
import { REPLACEMENT_KEYS, targetIfKnown } from "./target";

/**
 * Validates changed inputs against the API, and logs what the creation of a new resource will do.
 * (`diff`, which knows the state, logs that of an existing one.)
 * @param olds the inputs before; empty for a new resource.
 * @param given `certificateIds` as the program gave them, unknown elements and all.
 */
export async function preflight(
  kind: ScopeKind,
  olds: Readonly<Record<string, unknown>>,
  given: unknown,
  inputs: MaybeUnknown<ActivationInputs>,
): Promise<CheckFailure[]> {
  const isNew = olds["certificateIds"] === undefined;
  if (isUnchanged(olds, { ...inputs })) return [];
  const [target, policies] = [targetIfKnown(kind, inputs), knownPolicies(inputs)];
  if (!target || !policies) return [];
  const known = knownIds(given);
  const look = await fetchLiveList(target, known, undefined);
  if (!look) return [];

  const missing = known.ids.difference(activeIds(look.listed));
  const bad = validateActivation(missing, look.listed, Date.now() / 1000);
  if (bad.length > 0) {
    // The engine would look for the value of a property of this name, and print `{<nil>}`.
    return bad.map(({ id, reason }) => ({
      property: "",
      reason: `certificateIds[${known.positionOf(id)}]: ${id} ${reason}`,
    }));
  }
  const managed = new Set(Object.keys(olds["certificateIds"] ?? {}));
  const { declared } = look.run;
  const change = summarizeLive(look, policies, known, managed, declared);
  const isCertain =
    known.unknown === 0 && change.enforcement === "turns on" && declared.isSubsetOf(known.ids);
  const reason = isCertain ? violation(look, policies, change) : undefined;
  if (reason !== undefined) logSummary(look, { ...policies, enforcementChange: "warn" }, change);
  else if (isNew || known.unknown > 0) logSummary(look, policies, change);
  if (reason !== undefined) return [{ property: "enforcementChange", reason }];
  if (known.unknown > 0) return [];
  const lockout = await certainLockout(
    { ...look, desired: { ...policies, ids: known.ids }, managed, declared },
    { othersFollow: true, warns: isNew },
  );
  return lockout === undefined ? [] : [{ property: "certificateIds", reason: lockout }];
}

/** Whether the inputs that decide which certificates are active are those of before, so that no list is needed. */
function isUnchanged(
  olds: Readonly<Record<string, unknown>>,
  inputs: Readonly<Record<string, unknown>>,
): boolean {
  const properties = [...Object.keys(inputs), ...REPLACEMENT_KEYS].filter(affectsCertificates);
  return properties.every((property) => isDeepStrictEqual(olds[property], inputs[property]));
}
