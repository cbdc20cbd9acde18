import { ApiError } from "../api/errors/apiError";
import type { ListedCertificate } from "../api/listedCertificate";
import { scopeName } from "../api/scope";
import type { Scope } from "../api/scope";
import { pluralize } from "../shared/format";
import { UserError } from "../shared/userError";
import { executePlan, hasChanged } from "./executePlan";
import { failureReport } from "./failureReport";
import { NO_CLIENTS } from "./guards/clientGuard";
import type { ClientGuard } from "./guards/clientGuard";
import { guardChunks } from "./guards/guardChunks";
import { logStillActive } from "./logStillActive";
import { activeIds, plan, planRemoval } from "./plan";
import type { Chunk, Desired, EnforcementPolicy, Plan } from "./plan";
import type { ScopeApi } from "./scopeApi";
import { stateOf } from "./state";
import type { ActivationState } from "./state";
import type { ValidationFailure } from "./validateActivation";

/** How an update ended: the certificates that are actually active and, when it failed halfway, its report. */
export interface ReconcileResult {
  readonly state: ActivationState;
  readonly failure?: { readonly report: readonly string[]; readonly changedAnything: boolean };
}

/**
 * Makes the desired certificates active, with one list and only the calls that change something.
 * @param managed ids this resource has made or found active before.
 * @param now milliseconds since 1970.
 * @param clients protects the known clients.
 * @throws Error when desired ids cannot be activated, a safeguard rejects the change, or the list request fails; then no
 * changes were made.
 */
export async function reconcileScope(
  scoped: ScopeApi,
  desired: Desired,
  managed: ReadonlySet<string>,
  now: number,
  clients: ClientGuard = NO_CLIENTS,
): Promise<ReconcileResult> {
  const planned = await planFromList(scoped, desired, managed, now);
  const { listed, failures } = planned;
  if (failures.length > 0) throw new UserError(validationError(scoped.scope, failures));
  const chunks = await guardPatiently(
    scoped,
    (chunks) => guardChunks(scoped, chunks, listed, desired.enforcementChange, clients),
    planned.chunks,
    (declared) => plan(desired, managed, listed, now / 1000, declared),
  );
  const outcome = await executePlan(scoped, chunks, listed);
  const declared = await scoped.declared();
  logStillActive(scoped, desired, managed, activeIds(outcome.certificates).intersection(declared));
  const state = stateOf(managed.difference(declared).union(desired.ids), outcome, declared);
  if (!outcome.failure) return { state };
  const report = failureReport(scoped.scope, outcome.failure, desired.ids, outcome);
  return { state, failure: { report, changedAnything: hasChanged(listed, outcome) } };
}

/**
 * Plans from the list that `check` took moments ago, or from a new one: always where others are to be deactivated or a
 * change of enforcement is to be refused, and when nothing would be left to do although something changed.
 */
async function planFromList(
  scoped: ScopeApi,
  desired: Desired,
  managed: ReadonlySet<string>,
  now: number,
): Promise<Plan & { readonly listed: readonly ListedCertificate[] }> {
  const planned = async (listed: readonly ListedCertificate[]) => ({
    listed,
    ...(await planWithDeclared(scoped, (declared) => plan(desired, managed, listed, now / 1000, declared))),
  });
  if (!desired.exclusive && desired.enforcementChange === "warn") {
    const recalled = scoped.cachedList(desired.ids);
    const result = recalled && (await planned(recalled));
    if (result && result.chunks.length > 0) return result;
  }
  return planned(await scoped.list(desired.ids));
}

/** Waits for the checks of other resources before it decides what to deactivate: the guards and the calls rely on one plan. */
async function planWithDeclared(
  scoped: ScopeApi,
  planFor: (declared: ReadonlySet<string>) => Plan,
): Promise<Plan> {
  const soFar = planFor(await scoped.declared());
  return deactivates(soFar.chunks) && soFar.failures.length === 0
    ? planFor(await scoped.allDeclared())
    : soFar;
}

function deactivates(chunks: readonly Chunk[]): boolean {
  return chunks.some(({ action }) => action === "deactivate");
}

/** Applies the guards. Before an update is rejected for what it deactivates, resources that keep it get more time to appear. */
async function guardPatiently(
  scoped: ScopeApi,
  guard: (chunks: readonly Chunk[]) => Promise<readonly Chunk[]>,
  chunks: readonly Chunk[],
  planFor: (declared: ReadonlySet<string>) => Plan,
): Promise<readonly Chunk[]> {
  try {
    return await guard(chunks);
  } catch (error) {
    const isRejection = error instanceof UserError && !(error instanceof ApiError);
    if (!isRejection || !deactivates(chunks)) throw error;
    return guard(planFor(await scoped.allDeclared(true)).chunks);
  }
}

/**
 * Reads which certificates are actually active, with one list.
 * @param managed the resource's ids; when it has none yet, all that are active become its own.
 * @param unmanagedBefore other ids that were active when the state was written.
 * @param from whether a list that was loaded moments ago is enough.
 * @returns the state, and the ids that became active since without a resource of the program or of the state.
 */
export async function readScope(
  scoped: ScopeApi,
  managed: ReadonlySet<string> | undefined,
  { exclusive }: Pick<Desired, "exclusive">,
  unmanagedBefore: ReadonlySet<string>,
  from: "new list" | "recent list" = "new list",
): Promise<{ readonly state: ActivationState; readonly newlyActive: ReadonlySet<string> }> {
  const recent = from === "recent list" ? scoped.cachedList(managed ?? new Set()) : undefined;
  const certificates = recent ?? (await scoped.list());
  const known = { certificates, unverified: new Set<string>() };
  const active = activeIds(certificates);
  const unmanaged = active.difference(managed ?? active);
  const added = unmanaged.difference(unmanagedBefore);
  const matters = exclusive ? unmanaged.size > 0 : added.size > 0;
  const elsewhere = matters ? await scoped.allManaged() : new Set<string>();
  return {
    state: stateOf(managed ?? active, known, elsewhere),
    newlyActive: added.difference(elsewhere),
  };
}

/**
 * Deactivates the resource's ids that are still active, except those that another resource of the program declares.
 * @throws Error when a safeguard rejects the change or a call fails; its text lists the certificates that are still active.
 */
export async function deactivateManaged(
  scoped: ScopeApi,
  managed: ReadonlySet<string>,
  policy: EnforcementPolicy,
  clients: ClientGuard = NO_CLIENTS,
): Promise<void> {
  const declared = await scoped.allDeclared();
  const removable = managed.difference(declared);
  logStillActive(scoped, { ids: new Set(), exclusive: false }, managed, managed.intersection(declared));
  if (removable.size === 0) return;
  const listed = await scoped.list();
  const chunks = await guardChunks(scoped, planRemoval(removable, listed), listed, policy, clients);
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
