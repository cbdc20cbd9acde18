import { isDeepStrictEqual } from "node:util";
import type { ValidationFailure } from "../activation/validateActivation";
import { renderUnknownSet, renderWarning } from "../planSummary/render";
import { ofConnection, warnFor } from "../session/operation";
import { logOnce } from "../shared/log";
import { knownIds } from "./activationInputs";
import type { ActivationInputs, KnownIds, ScopeKind } from "./activationInputs";
import type { MaybeUnknown } from "./arguments";
import { logClients } from "./clients/clientJudge";
import { loadClients } from "./clients/load";
import { forecast, knownPolicies, violation } from "./forecast";
import type { Forecast } from "./forecast";
import { fetchLiveList } from "./liveList";
import { logSummary } from "./logSummary";
import { affectsCertificates } from "./policies";
import type { CheckFailure, Properties } from "./resource";
import { REPLACEMENT_KEYS, targetIfKnown } from "./target";

const CLIENTS_NOT_DETERMINED =
  "whether any client would be rejected was not determined: certificateIds is known only during the update.";

/** What a preflight has found. */
export interface Preflight {
  readonly failures: readonly CheckFailure[];
  /** What the creation of a new resource would do, if nothing has failed and it is known. */
  readonly creation?: Forecast;
}

/**
 * Validates changed inputs against the API, and logs what the creation of a new resource will do.
 * (`diff`, which knows the state, logs that of an existing one.)
 * @param olds the inputs before; empty for a new resource.
 * @param news the arguments as the program gave them, unknown elements and all.
 */
export async function preflight(
  kind: ScopeKind,
  olds: Readonly<Record<string, unknown>>,
  news: Properties,
  inputs: MaybeUnknown<ActivationInputs>,
): Promise<Preflight> {
  const isNew = olds["certificateIds"] === undefined;
  if (isUnchanged(olds, { ...inputs })) return PASSED;
  const [target, policies] = [targetIfKnown(kind, inputs), knownPolicies(inputs)];
  if (!target || !policies) return PASSED;
  const known = knownIds(news["certificateIds"]);
  const managed = new Set(Object.keys(olds["certificateIds"] ?? {}));
  if (known.isUnknown) {
    logOnce(ofConnection(target.connection, renderUnknownSet(target.scope, [...managed])));
    if (policies.clients !== undefined)
      warnFor(target.connection, renderWarning(target.scope, CLIENTS_NOT_DETERMINED));
    return PASSED;
  }
  const live = await fetchLiveList(target, known, undefined);
  if (!live) return PASSED;
  const update = await forecast(live, policies, known, managed);
  const { failures, enforcement } = update.summary;
  if (failures.length > 0) return { failures: failures.map((failure) => idFailure(failure, known)) };
  const isCertain =
    live.run.unknown === "none" && enforcement === "turns on" && update.declared.isSubsetOf(known.ids);
  const rejection = isCertain ? violation(update) : undefined;
  const isLogged = isNew || known.unknown > 0;
  if (rejection !== undefined || isLogged) logSummary(update, rejection);
  if (rejection !== undefined) return { failures: [{ property: "enforcementChange", reason: rejection }] };
  if (isNew && live.run.unknown === "none") return { failures: [], creation: update };
  if (isLogged) {
    const linkedUploads = policies.clients === undefined ? [] : loadClients().linkedUploadsOf(news);
    const options = { unknownIds: known.unknown, linkedUploads, othersFollow: true };
    await logClients(update, target.connection, undefined, options);
  }
  return PASSED;
}

const PASSED: Preflight = { failures: [] };

/** The engine would look for the value of a property of this name, and print `{<nil>}`, so no property is named. */
function idFailure(
  { id, reason }: ValidationFailure,
  { positionOf }: Pick<KnownIds, "positionOf">,
): CheckFailure {
  return { property: "", reason: `certificateIds[${positionOf(id)}]: ${id} ${reason}` };
}

/** Whether the inputs that decide which certificates are active are those of before, so that no list is needed. */
function isUnchanged(
  olds: Readonly<Record<string, unknown>>,
  inputs: Readonly<Record<string, unknown>>,
): boolean {
  const properties = [...Object.keys(inputs), ...REPLACEMENT_KEYS].filter(affectsCertificates);
  return properties.every((property) => isDeepStrictEqual(olds[property], inputs[property]));
}
