import { type Scope, scopeName } from "../api/scope";
import { failureReport } from "./failureReport";
import { activeIds, type Desired, plan, planRemoval } from "./plan";
import { carryOut, hasChanged, type ScopedCertificates } from "./reconcile";
import type { Refusal } from "./refusals";
import { type ActivationState, stateOf } from "./state";

/** How an apply ended: what is really active now and, when it failed halfway, what a person must know of it. */
export interface Applied {
  readonly state: ActivationState;
  readonly failure?: { readonly report: readonly string[]; readonly changedAnything: boolean };
}

/**
 * Brings about what is desired, with one list and only the calls that change something.
 * @param owned ids this resource has made or found active before.
 * @param now Unix seconds.
 * @throws Error when desired ids cannot be activated, or the list cannot be had; then nothing has been changed.
 */
export async function applyDesired(
  api: ScopedCertificates,
  scope: Scope,
  desired: Desired,
  owned: ReadonlySet<string>,
  now: number,
): Promise<Applied> {
  const listed = await api.list();
  const { refusals, steps } = plan(desired, owned, listed, now);
  if (refusals.length > 0) throw new Error(refused(scope, refusals));
  const outcome = await carryOut(api, steps, listed);
  const claimed = owned.union(desired.ids);
  const state = stateOf(claimed, desired.exclusive, outcome);
  if (!outcome.failure) return { state };
  const report = failureReport(scope, outcome.failure, desired, outcome);
  return { state, failure: { report, changedAnything: hasChanged(listed, outcome) } };
}

/**
 * Says what is really active, with one list.
 * @param owned the resource's ids; when it has none yet, all that are active become its own.
 */
export async function observe(
  api: ScopedCertificates,
  owned: ReadonlySet<string> | undefined,
  exclusive: boolean,
): Promise<ActivationState> {
  const certificates = await api.list();
  return stateOf(owned ?? activeIds(certificates), exclusive, { certificates, unverified: new Set() });
}

/**
 * Deactivates the resource's ids that are still active.
 * @throws Error when a call fails; its text says what is still active.
 */
export async function removeOwned(
  api: ScopedCertificates,
  scope: Scope,
  owned: ReadonlySet<string>,
): Promise<void> {
  const listed = await api.list();
  const outcome = await carryOut(api, planRemoval(owned, listed), listed);
  if (!outcome.failure) return;
  const nothing: Desired = { ids: new Set(), exclusive: false };
  throw new Error(failureReport(scope, outcome.failure, nothing, outcome).join("\n"));
}

function refused(scope: Scope, refusals: readonly Refusal[]): string {
  const lines = refusals.map(({ id, reason }) => `  ${id} ${reason}`);
  return [`cannot be activated in ${scopeName(scope)}, and nothing was changed:`, ...lines].join("\n");
}
