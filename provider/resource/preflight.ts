import { isDeepStrictEqual } from "node:util";
import { enforcementNotices, policyViolation } from "../activation/guards/enforcement";
import { activeIds } from "../activation/plan";
import type { ScopeOperations } from "../activation/scopeOperations";
import type { ActivationState } from "../activation/state";
import { DeletedProject } from "../activation/storedOrganization";
import { validateActivation } from "../activation/validateActivation";
import { ApiError } from "../api/errors/apiError";
import type { ListedCertificate } from "../api/listedCertificate";
import { scopeLabel } from "../api/scope";
import { expiryWarnings } from "../planSummary/expiry";
import { renderSummary, renderWarning } from "../planSummary/render";
import { summarize } from "../planSummary/summarize";
import type { PlanSummary } from "../planSummary/summarize";
import type { Declarations } from "../session/declarations";
import { FAIL_FAST } from "../session/operation";
import { scopeSessionOf, settingsOf } from "../session/session";
import { verifiesInPreview } from "../settings/connection";
import { SettingsError } from "../settings/settingsError";
import { warnOnce } from "../shared/log";
import { knownIds } from "./activationInputs";
import type { ActivationInputs, KnownIds, ScopeKind } from "./activationInputs";
import { certainLockout, warnOfLockout } from "./lockoutPreview";
import type { CheckFailure } from "./resource";
import { scopeOperations } from "./scopeOperations";
import { managedIds, storedCertificates, storedIds } from "./storedState";
import type { StoredState } from "./storedState";
import { REPLACEMENT_KEYS, resourceId, targetOf } from "./target";
import type { Target } from "./target";
import { UNKNOWN } from "./unknown";
import type { MaybeUnknown } from "./validation";

/** A live list, and the scope it is of. */
interface LiveList {
  readonly scoped: ScopeOperations;
  readonly listed: readonly ListedCertificate[];
  readonly declarations: Declarations;
}

/** The arguments other than the ids. */
type Policies = Omit<ActivationInputs, "certificateIds">;

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
  const policies = knownPolicies(inputs);
  if (!policies) return [];
  const known = knownIds(given);
  const target = targetOf(kind, resourceId(policies), policies.connection);
  const look = await fetchLiveList(target, known, undefined);
  if (!look) return [];

  const missing = known.ids.difference(activeIds(look.listed));
  const bad = validateActivation(missing, look.listed, Date.now() / 1000);
  if (bad.length > 0) {
    return bad.map(({ id, reason }) => ({
      property: `certificateIds[${known.positionOf(id)}]`,
      reason: `${id} ${reason}`,
    }));
  }
  const managed = new Set(Object.keys(olds["certificateIds"] ?? {}));
  const change = summarizeLive(look, policies, known, managed);
  const reason = policyViolation(change.enforcement, policies.enforcementChange, look.scoped.scope);
  if (isNew || known.unknown > 0 || reason !== undefined) logSummary(look, change);
  if (reason !== undefined) return [{ property: "enforcementChange", reason }];
  if (known.unknown > 0) return [];
  const lockout = await certainLockout({ ...look, desired: { ...policies, ids: known.ids }, managed }, isNew);
  return lockout === undefined ? [] : [{ property: "certificateIds", reason: lockout }];
}

/** Logs what an update will do. */
export async function logUpdate(
  target: Target,
  stored: StoredState,
  inputs: MaybeUnknown<ActivationInputs>,
): Promise<void> {
  const policies = knownPolicies(inputs);
  if (!policies || inputs.certificateIds === UNKNOWN) return;
  const known = knownIds(inputs.certificateIds);
  const look = await fetchLiveList(target, known, storedIds(stored));
  if (!look) return;
  const managed = managedIds(stored);
  logSummary(look, summarizeLive(look, policies, known, managed));
  await warnOfLockout({ ...look, desired: { ...policies, ids: known.ids }, managed });
}

/** Logs what the removal of a replaced resource will do. */
export async function logRemoval(target: Target, stored: StoredState): Promise<void> {
  const none = { ids: new Set<string>(), unknown: 0 };
  const look = await fetchLiveList(target, none, storedIds(stored)).catch((error: unknown) => {
    // The removal has nothing to do then.
    if (error instanceof DeletedProject) return undefined;
    throw error;
  });
  if (!look) return;
  const [policies, managed] = [{ ...stored, exclusive: false }, managedIds(stored)];
  logSummary(look, summarizeLive(look, policies, none, managed));
  await warnOfLockout({ ...look, desired: { ...policies, ids: none.ids }, managed });
}

/**
 * Makes sure that the organization is the one that a state describes, after settings changed of which that is not certain.
 * @throws UserError when it has none of the certificates in the state.
 */
export async function verifyOrganization(target: Target, stored: StoredState): Promise<void> {
  const ids = storedIds(stored);
  if (ids !== undefined && ids.size > 0) await fetchLiveList(target, { ids: new Set() }, ids);
}

/** Warns of certificates of a state that are no longer active. */
export function logInactive({ scope }: Target, managed: ReadonlySet<string>, now: ActivationState): void {
  const inactive = managed.difference(new Set(Object.keys(now.certificateIds)));
  if (inactive.size === 0) return;
  warnOnce(
    `${scopeLabel(scope)}: no longer active: ${[...inactive].sort().join(", ")}. This update only moves the ` +
      "resource to another provider. `pulumi preview` shows what the next `pulumi up` activates.",
  );
}

/** Warns of unmanaged certificates that became active since the state was written: an interrupted update may have left them. */
export function logNewlyActive({ scope }: Target, before: StoredState, now: ActivationState): void {
  if (before.certificateIds === undefined) return;
  const known = new Set(Object.keys(before.unmanagedActiveCertificateIds));
  const added = Object.keys(now.unmanagedActiveCertificateIds).filter((id) => !known.has(id));
  if (added.length === 0) return;
  warnOnce(
    `${scopeLabel(scope)}: activated outside this resource: ${added.join(", ")}. If an update was interrupted, run ` +
      "`pulumi up` with the unchanged program first.",
  );
}

/** Warns about certificates of a state that expire within a number of days; makes no API call. */
export function logExpiries(
  { scope }: Target,
  stored: StoredState,
  days: number = stored.expiryWarningDays,
): void {
  const warnings = expiryWarnings(storedCertificates(stored), days, Date.now() / 1000);
  for (const warning of warnings) warnOnce(renderWarning(scope, warning));
}

/**
 * Lists the certificates of a scope in one attempt. A preview continues when that fails.
 * @param known ids that are expected in the list; a cached list that lacks one is not used.
 * @param stored the ids of the resource's state; undefined when it has none yet.
 * @returns undefined when previews must not or cannot list; a warning gives the reason.
 * @throws UserError when the organization has none of the certificates in the state.
 */
async function fetchLiveList(
  target: Target,
  known: Pick<KnownIds, "ids">,
  stored: ReadonlySet<string> | undefined,
): Promise<LiveList | undefined> {
  try {
    if (!verifiesInPreview(settingsOf(target.connection))) return undefined;
    const scoped = scopeOperations(target, stored, FAIL_FAST);
    const listed = scoped.cachedList(known.ids) ?? (await scoped.list(known.ids));
    const { declarations } = scopeSessionOf(target.connection, target.scope);
    return { scoped, listed, declarations };
  } catch (error) {
    if (!(error instanceof ApiError || error instanceof SettingsError)) throw error;
    warnOnce(`certificateIds not verified: ${error.message}`);
    return undefined;
  }
}

function summarizeLive(
  { listed, scoped: { scope, clientCertificate }, declarations: { declared, announced } }: LiveList,
  { exclusive, enforcementChange, expiryWarningDays }: Policies,
  { ids, unknown }: Pick<KnownIds, "ids" | "unknown">,
  managed: ReadonlySet<string>,
): PlanSummary {
  const desired = { ids, exclusive, enforcementChange };
  const hasClientCertificate = clientCertificate !== undefined;
  const now = Date.now() / 1000;
  return summarize({
    ...{ scope, desired, managed, listed, declared, announced },
    ...{ unknown, expiryWarningDays, hasClientCertificate, now },
  });
}

/** Logs what an update would do, and what that means for clients. */
function logSummary({ scoped, declarations }: LiveList, change: PlanSummary): void {
  declarations.announceDeactivation(change.deactivate.map(({ certificate: { id } }) => id));
  scoped.log(renderSummary(change, Date.now() / 1000));
  for (const text of enforcementNotices(change.enforcement, scoped.scope, scoped.clientAccess))
    scoped.warn(text);
  for (const warning of change.warnings) scoped.warn(renderWarning(scoped.scope, warning));
}

/** Whether the inputs that decide which certificates are active are those of before, so that no list is needed. */
function isUnchanged(
  olds: Readonly<Record<string, unknown>>,
  inputs: Readonly<Record<string, unknown>>,
): boolean {
  const properties = new Set([...Object.keys(inputs), ...REPLACEMENT_KEYS]);
  properties.delete("expiryWarningDays");
  return [...properties].every((property) => isDeepStrictEqual(olds[property], inputs[property]));
}

function knownPolicies(inputs: MaybeUnknown<ActivationInputs>): Policies | undefined {
  const { certificateIds, ...policies } = inputs;
  return Object.values(policies).includes(UNKNOWN) ? undefined : (policies as Policies);
}
