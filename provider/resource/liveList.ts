import { enforcementNotices, policyViolation, possibleViolation } from "../activation/guards/enforcement";
import type { ScopeOperations } from "../activation/scopeOperations";
import { ApiError } from "../api/errors/apiError";
import type { ListedCertificate } from "../api/listedCertificate";
import { renderSummary, renderWarning } from "../planSummary/render";
import { summarize } from "../planSummary/summarize";
import type { PlanSummary } from "../planSummary/summarize";
import { QUIET_MS } from "../run/checkMonitor";
import type { Declarations, KnownIds as RunIds } from "../run/declarations";
import { knownIdentity } from "../session/knownContents";
import { FAIL_FAST } from "../session/operation";
import { scopeSessionOf, settingsOf } from "../session/session";
import { verifiesInPreview } from "../settings/connection";
import { SettingsError } from "../settings/settingsError";
import { warnOnce } from "../shared/log";
import type { KnownIds } from "./activationInputs";
import type { MaybeUnknown } from "./arguments";
import { policiesOf } from "./policies";
import type { Policies } from "./policies";
import { UNKNOWN } from "./resource";
import { scopeOperations } from "./scopeOperations";
import { movedLateWarning } from "./scopeWarnings";
import type { Target } from "./target";

/** A live list, and the scope it is of. */
export interface LiveList {
  readonly scoped: ScopeOperations;
  readonly listed: readonly ListedCertificate[];
  readonly declarations: Declarations;
  /** What the run knew when the list was used. */
  readonly run: RunIds;
}

/**
 * Lists the certificates of a scope in one attempt. A preview continues when that fails.
 * @param known ids that are expected in the list; a cached list that lacks one is not used.
 * @param stored the ids of the resource's state; undefined when it has none yet.
 * @returns undefined when previews must not or cannot list; a warning gives the reason.
 * @throws UserError when the organization has none of the certificates in the state.
 */
export async function fetchLiveList(
  target: Target,
  known: Pick<KnownIds, "ids">,
  stored: ReadonlySet<string> | undefined,
): Promise<LiveList | undefined> {
  try {
    if (!verifiesInPreview(settingsOf(target.connection))) return undefined;
    const scoped = scopeOperations(target, stored, FAIL_FAST);
    const listed = scoped.cachedList(known.ids) ?? (await scoped.list(known.ids));
    const { declarations } = scopeSessionOf(target.connection, target.scope);
    return { scoped, listed, declarations, run: await declarations.known() };
  } catch (error) {
    if (!(error instanceof ApiError || error instanceof SettingsError)) throw error;
    warnOnce(`certificateIds not verified: ${error.message}`);
    return undefined;
  }
}

export function summarizeLive(
  { listed, scoped: { scope, clientCertificate }, declarations }: LiveList,
  { exclusive, enforcementChange, expiryWarningDays }: Policies,
  { ids, unknown }: Pick<KnownIds, "ids" | "unknown">,
  managed: ReadonlySet<string>,
  declared: ReadonlySet<string>,
): PlanSummary {
  const desired = { ids, exclusive, enforcementChange };
  const hasClientCertificate = clientCertificate !== undefined;
  const now = Date.now() / 1000;
  return summarize({
    ...{ scope, desired, managed, listed, declared, announced: declarations.announced() },
    ...{ unknown, expiryWarningDays, hasClientCertificate, now },
  });
}

/** Logs what an update would do, and what that means for clients. */
export function logSummary(
  { scoped, declarations }: LiveList,
  { enforcementChange }: Policies,
  change: PlanSummary,
): void {
  declarations.announceDeactivation(change.deactivate);
  scoped.log(renderSummary(change, Date.now() / 1000, knownIdentity));
  for (const text of enforcementNotices(change.enforcement, scoped.scope, scoped.clientAccess, scoped.names))
    scoped.warn(text);
  const rejection = possibleViolation(change.enforcement, enforcementChange);
  const late = declarations.announced(QUIET_MS);
  const warnings = [
    ...change.warnings,
    ...movedLateWarning(change.adopted.flatMap(({ certificate: { id } }) => (late.has(id) ? [id] : []))),
    ...(rejection === undefined ? [] : [rejection]),
  ];
  for (const warning of warnings) scoped.warn(renderWarning(scoped.scope, warning));
}

/** Why a policy rejects what an update would do; undefined when it allows it. */
export function violation(
  { scoped: { scope } }: LiveList,
  { enforcementChange }: Policies,
  { enforcement }: PlanSummary,
): string | undefined {
  return policyViolation(enforcement, enforcementChange, scope);
}

/** The policies; undefined when any is unknown. */
export function knownPolicies(inputs: MaybeUnknown<Policies>): Policies | undefined {
  const policies = policiesOf(inputs);
  return Object.values(policies).includes(UNKNOWN) ? undefined : (policies as Policies);
}
