import { isDeepStrictEqual } from "node:util";
import type { ValidationFailure } from "../activation/validateActivation";
import { renderUnknownSet, renderWarning } from "../planSummary/render";
import { ofConnection, warnFor } from "../session/operation";
import type { Target } from "../session/operation";
import { logOnce } from "../shared/log";
import { knownIds } from "./activationInputs";
import type { ActivationInputs, KnownIds, ScopeKind } from "./activationInputs";
import type { MaybeUnknown } from "./arguments";
import { clientsOf, previewClients } from "./clients/clientJudge";
import type { ClientPreviewOptions } from "./clients/judgePreview";
import { expectRejection } from "./expectRejection";
import { forecast, knownPolicies, violation } from "./forecast";
import type { Forecast } from "./forecast";
import { fetchLiveList } from "./liveList";
import { certainLockout } from "./lockoutPreview";
import { logSummary } from "./logSummary";
import { affectsCertificates } from "./policies";
import type { CheckFailure } from "./resource";
import { REPLACEMENT_KEYS, targetIfKnown } from "./target";

const CLIENTS_NOT_DETERMINED =
  "whether any client would be rejected was not determined: certificateIds is known only during the update.";

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
  const managed = new Set(Object.keys(olds["certificateIds"] ?? {}));
  if (known.isUnknown) {
    logOnce(ofConnection(target.connection, renderUnknownSet(target.scope, [...managed])));
    if (policies.clients !== undefined)
      warnFor(target.connection, renderWarning(target.scope, CLIENTS_NOT_DETERMINED));
    return [];
  }
  const live = await fetchLiveList(target, known, undefined);
  if (!live) return [];
  const update = await forecast(live, policies, known, managed);
  const { failures, enforcement } = update.summary;
  if (failures.length > 0) return failures.map((failure) => idFailure(failure, known));
  const isCertain =
    live.run.unknown === "none" && enforcement === "turns on" && update.declared.isSubsetOf(known.ids);
  const rejection = isCertain ? violation(update) : undefined;
  if (rejection !== undefined || isNew || known.unknown > 0) logSummary(update, rejection !== undefined);
  if (rejection !== undefined) return [{ property: "enforcementChange", reason: rejection }];
  const logsClients = isNew || known.unknown > 0;
  if (logsClients || enforcement === "turns on") {
    const lockout = await clientLockout(target, update, known, logsClients);
    // The engine would print the certificates of all clients.
    if (lockout !== undefined) return [{ property: "", reason: lockout }];
  }
  if (live.run.unknown !== "none") return [];
  const lockout = await certainLockout(update, { othersFollow: true, warns: isNew });
  return lockout === undefined ? [] : [{ property: "certificateIds", reason: lockout }];
}

/** Why an update is certain to be rejected for what it means for clients, whatever resources follow. */
async function clientLockout(
  target: Target,
  update: Forecast,
  { ids, unknown }: KnownIds,
  isLogged: boolean,
): Promise<string | undefined> {
  const clients = clientsOf(update.policies, undefined);
  const judge = (options: Pick<ClientPreviewOptions, "othersFollow" | "logs">): Promise<string | undefined> =>
    previewClients(update, target.connection, clients, { unknownIds: unknown, ...options });
  const reason = await judge({ othersFollow: true, logs: isLogged ? "warnings" : "nothing" });
  if (reason !== undefined || !isLogged) return reason;
  const unlessAverted = await judge({ othersFollow: false, logs: "nothing" });
  if (unlessAverted !== undefined) expectRejection(target, update, ids, unlessAverted);
  return undefined;
}

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
