import { ExplainedError } from "../explainedError";
import { scopeName, type Scope } from "../api/scope";
import { failureReport } from "./failureReport";
import { activeIds, type Desired, type EnforcementPolicy, plan, type Plan, planRemoval } from "./plan";
import { keptText } from "./kept";
import { carryOut, hasChanged } from "./reconcile";
import type { ListedCertificate } from "../api/shapes";
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
  const { listed, refusals, steps: planned } = await planFromList(scoped, desired, owned, now);
  if (refusals.length > 0) throw new ExplainedError(refused(scoped.scope, refusals));
  const steps = await safeguard(scoped, planned, listed, desired.enforcementChange);
  const outcome = await carryOut(scoped, steps, listed);
  const declared = scoped.declared();
  logKept(scoped, desired, owned, activeIds(outcome.certificates));
  const state = stateOf(owned.difference(declared).union(desired.ids), desired, outcome, declared);
  if (!outcome.failure) return { state };
  const report = failureReport(scoped.scope, outcome.failure, desired.ids, outcome);
  return { state, failure: { report, changedAnything: hasChanged(listed, outcome) } };
}

/**
 * Plans from the list that `check` took moments ago, or from a new one: always where others are to be deactivated or a
 * change of enforcement is to be refused, and when nothing would be left to do although something changed.
 */
async function planFromList(
  scoped: ScopedCertificates,
  desired: Desired,
  owned: ReadonlySet<string>,
  now: number,
): Promise<Plan & { readonly listed: readonly ListedCertificate[] }> {
  const planned = (listed: readonly ListedCertificate[]) => ({
    listed,
    ...plan(desired, owned, listed, now / 1000, scoped.declared()),
  });
  if (!desired.exclusive && desired.enforcementChange === "warn") {
    const recalled = scoped.recall(desired.ids);
    const result = recalled && planned(recalled);
    if (result && result.steps.length > 0) return result;
  }
  return planned(await scoped.list(desired.ids));
}

/** Logs which ids stay active although this resource alone would deactivate them. */
function logKept(
  scoped: ScopedCertificates,
  { ids, exclusive }: Pick<Desired, "ids" | "exclusive">,
  owned: ReadonlySet<string>,
  active: ReadonlySet<string>,
): void {
  const kept = active.intersection(scoped.declared()).difference(ids);
  const released = kept.intersection(owned);
  const others = exclusive ? kept.difference(owned) : new Set<string>();
  for (const text of keptText(scoped.scope, released, others)) scoped.say(text);
}

/**
 * Says what is really active, with one list.
 * @param owned the resource's ids; when it has none yet, all that are active become its own.
 * @param declared ids that another resource of the program was known to declare.
 */
export async function observe(
  scoped: ScopedCertificates,
  owned: ReadonlySet<string> | undefined,
  policies: Pick<Desired, "exclusive" | "enforcementChange">,
  declared: ReadonlySet<string>,
): Promise<ActivationState> {
  const certificates = await scoped.list();
  const known = { certificates, unverified: new Set<string>() };
  return stateOf(owned ?? activeIds(certificates), policies, known, declared);
}

/**
 * Deactivates the resource's ids that are still active, except those that another resource of the program declares.
 * @throws Error when a safeguard refuses or a call fails; its text says what is still active.
 */
export async function removeOwned(
  scoped: ScopedCertificates,
  owned: ReadonlySet<string>,
  policy: EnforcementPolicy,
): Promise<void> {
  const removable = owned.difference(await scoped.allDeclared());
  logKept(scoped, { ids: new Set(), exclusive: false }, owned, owned);
  if (removable.size === 0) return;
  const listed = await scoped.list();
  const steps = await safeguard(scoped, planRemoval(removable, listed), listed, policy);
  const outcome = await carryOut(scoped, steps, listed);
  if (!outcome.failure) return;
  throw new ExplainedError(failureReport(scoped.scope, outcome.failure, undefined, outcome).join("\n"));
}

function refused(scope: Scope, refusals: readonly Refusal[]): string {
  const lines = refusals.map(({ id, reason }) => `  ${id} ${reason}`);
  return [`cannot be activated in ${scopeName(scope)}, and nothing was changed:`, ...lines].join("\n");
}
