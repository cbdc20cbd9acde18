import { ExplainedError } from "../explainedError";
import { scopeName, type Scope } from "../api/scope";
import { failureReport } from "./failureReport";
import { activeIds, type Desired, type EnforcementPolicy, plan, planRemoval } from "./plan";
import { carryOut, hasChanged } from "./reconcile";
import type { Refusal } from "./refusals";
import { safeguard } from "./safeguards";
import type { ScopedCertificates } from "./scopedCertificates";
import { type ActivationState, stateOf } from "./state";

/** How an apply ended: what is really active now and, when it failed halfway, what a person must know of it. */
export interface Applied {
  readonly state: ActivationState;
  readonly failure?: { readonly report: readonly string[]; readonly changedAnything: boolean };
}

/**
 * Brings about what is desired, with one list and only the calls that change something.
 * @param owned ids this resource has made or found active before.
 * @param now milliseconds since 1970.
 * @throws Error when desired ids cannot be activated, a safeguard refuses, or the list cannot be had; then nothing has
 * been changed.
 */
export async function applyDesired(
  scoped: ScopedCertificates,
  desired: Desired,
  owned: ReadonlySet<string>,
  now: number,
): Promise<Applied> {
  const listed = scoped.recall(desired.ids) ?? (await scoped.list(desired.ids));
  const { refusals, steps: planned } = plan(desired, owned, listed, now / 1000);
  if (refusals.length > 0) throw new ExplainedError(refused(scoped.scope, refusals));
  const steps = await safeguard(scoped, planned, listed, desired.enforcementChange);
  const outcome = await carryOut(scoped, steps, listed);
  const state = stateOf(owned.union(desired.ids), desired, outcome);
  if (!outcome.failure) return { state };
  const report = failureReport(scoped.scope, outcome.failure, desired.ids, outcome);
  return { state, failure: { report, changedAnything: hasChanged(listed, outcome) } };
}

/**
 * Says what is really active, with one list.
 * @param owned the resource's ids; when it has none yet, all that are active become its own.
 */
export async function observe(
  scoped: ScopedCertificates,
  owned: ReadonlySet<string> | undefined,
  policies: Pick<Desired, "exclusive" | "enforcementChange">,
): Promise<ActivationState> {
  const certificates = await scoped.list();
  return stateOf(owned ?? activeIds(certificates), policies, { certificates, unverified: new Set() });
}

/**
 * Deactivates the resource's ids that are still active.
 * @throws Error when a safeguard refuses or a call fails; its text says what is still active.
 */
export async function removeOwned(
  scoped: ScopedCertificates,
  owned: ReadonlySet<string>,
  policy: EnforcementPolicy,
): Promise<void> {
  const listed = scoped.recall(new Set()) ?? (await scoped.list());
  const steps = await safeguard(scoped, planRemoval(owned, listed), listed, policy);
  const outcome = await carryOut(scoped, steps, listed);
  if (!outcome.failure) return;
  throw new ExplainedError(failureReport(scoped.scope, outcome.failure, undefined, outcome).join("\n"));
}

function refused(scope: Scope, refusals: readonly Refusal[]): string {
  const lines = refusals.map(({ id, reason }) => `  ${id} ${reason}`);
  return [`cannot be activated in ${scopeName(scope)}, and nothing was changed:`, ...lines].join("\n");
}
