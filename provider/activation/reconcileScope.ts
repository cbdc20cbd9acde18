import type { ListedCertificate } from "../api/listedCertificate";
import { scopeName } from "../api/scope";
import type { Scope } from "../api/scope";
import { pluralize } from "../shared/format";
import { UserError } from "../shared/userError";
import { executePlan, hasChanged } from "./executePlan";
import { failureReport } from "./failureReport";
import { guardChunks } from "./guards/guardChunks";
import { activeIds, plan, planRemoval } from "./plan";
import type { Desired, EnforcementPolicy, Plan } from "./plan";
import { keptWarning, releasedMessage } from "./releasedMessages";
import type { ScopeOperations } from "./scopeOperations";
import { stateOf } from "./state";
import type { ActivationState } from "./state";
import type { ValidationFailure } from "./validateActivation";

/** How an update ended: the certificates that are really active and, when it failed halfway, its report. */
export interface ReconcileResult {
  readonly state: ActivationState;
  readonly failure?: { readonly report: readonly string[]; readonly changedAnything: boolean };
}

/**
 * Makes the desired certificates active, with one list and only the calls that change something.
 * @param managed ids this resource has made or found active before.
 * @param now milliseconds since 1970.
 * @throws Error when desired ids cannot be activated, a safeguard rejects the change, or the list request fails; then no
 * changes were made.
 */
export async function reconcileScope(
  scoped: ScopeOperations,
  desired: Desired,
  managed: ReadonlySet<string>,
  now: number,
): Promise<ReconcileResult> {
  const { listed, failures, chunks: planned } = await planFromList(scoped, desired, managed, now);
  if (failures.length > 0) throw new UserError(validationError(scoped.scope, failures));
  const chunks = await guardChunks(scoped, planned, listed, desired.enforcementChange);
  const outcome = await executePlan(scoped, chunks, listed);
  const declared = scoped.declared();
  logReleased(scoped, desired, managed, activeIds(outcome.certificates));
  const state = stateOf(managed.difference(declared).union(desired.ids), desired, outcome, declared);
  if (!outcome.failure) return { state };
  const report = failureReport(scoped.scope, outcome.failure, desired.ids, outcome);
  return { state, failure: { report, changedAnything: hasChanged(listed, outcome) } };
}

/**
 * Plans from the list that `check` took moments ago, or from a new one: always where others are to be deactivated or a
 * change of enforcement is to be refused, and when nothing would be left to do although something changed.
 */
async function planFromList(
  scoped: ScopeOperations,
  desired: Desired,
  managed: ReadonlySet<string>,
  now: number,
): Promise<Plan & { readonly listed: readonly ListedCertificate[] }> {
  const planned = (listed: readonly ListedCertificate[]) => ({
    listed,
    ...plan(desired, managed, listed, now / 1000, scoped.declared()),
  });
  if (!desired.exclusive && desired.enforcementChange === "warn") {
    const recalled = scoped.cachedList(desired.ids);
    const result = recalled && planned(recalled);
    if (result && result.chunks.length > 0) return result;
  }
  return planned(await scoped.list(desired.ids));
}

/** Logs which ids stay active although this resource alone would deactivate them. */
function logReleased(
  scoped: ScopeOperations,
  { ids, exclusive }: Pick<Desired, "ids" | "exclusive">,
  managed: ReadonlySet<string>,
  active: ReadonlySet<string>,
): void {
  const kept = active.intersection(scoped.declared()).difference(ids);
  const released = kept.intersection(managed);
  const others = exclusive ? kept.difference(managed) : new Set<string>();
  if (released.size > 0) scoped.log(releasedMessage(scoped.scope, released));
  if (others.size > 0) scoped.warn(keptWarning(scoped.scope, others));
}

/**
 * Reads which certificates are really active, with one list.
 * @param managed the resource's ids; when it has none yet, all that are active become its own.
 * @param declared ids that another resource of the program was known to declare.
 * @param from whether a list that was loaded moments ago is enough.
 */
export async function readScope(
  scoped: ScopeOperations,
  managed: ReadonlySet<string> | undefined,
  policies: Pick<Desired, "exclusive" | "enforcementChange">,
  declared: ReadonlySet<string>,
  from: "new list" | "recent list" = "new list",
): Promise<ActivationState> {
  const recent = from === "recent list" ? scoped.cachedList(managed ?? new Set()) : undefined;
  const certificates = recent ?? (await scoped.list());
  const known = { certificates, unverified: new Set<string>() };
  return stateOf(managed ?? activeIds(certificates), policies, known, declared);
}

/**
 * Deactivates the resource's ids that are still active, except those that another resource of the program declares.
 * @throws Error when a safeguard rejects the change or a call fails; its text lists the certificates that are still active.
 */
export async function deactivateManaged(
  scoped: ScopeOperations,
  managed: ReadonlySet<string>,
  policy: EnforcementPolicy,
): Promise<void> {
  const removable = managed.difference(await scoped.allDeclared());
  logReleased(scoped, { ids: new Set(), exclusive: false }, managed, managed);
  if (removable.size === 0) return;
  const listed = await scoped.list();
  const chunks = await guardChunks(scoped, planRemoval(removable, listed), listed, policy);
  const outcome = await executePlan(scoped, chunks, listed);
  if (!outcome.failure) return;
  throw new UserError(failureReport(scoped.scope, outcome.failure, undefined, outcome).join("\n"));
}

function validationError(scope: Scope, failures: readonly ValidationFailure[]): string {
  const lines = failures.map(({ id, reason }) => `  ${id} ${reason}`);
  return [
    `${pluralize(lines.length, "certificate")} cannot be activated in ${scopeName(scope)}. No changes were made.`,
    ...lines,
  ].join("\n");
}
