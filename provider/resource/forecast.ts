import { policyViolation } from "../activation/guards/enforcement";
import { summarize } from "../planSummary/summarize";
import type { PlanSummary } from "../planSummary/summarize";
import type { KnownIds } from "./activationInputs";
import type { MaybeUnknown } from "./arguments";
import type { LiveList } from "./liveList";
import { policiesOf } from "./policies";
import type { Policies } from "./policies";
import { UNKNOWN } from "./resource";

/** What a preview expects of an update. It is planned once: whatever rejects or describes the update uses this plan. */
export interface Forecast {
  readonly live: LiveList;
  readonly policies: Policies;
  readonly summary: PlanSummary;
  /** Ids that some resource of the program declares, as far as the engine has checked it. */
  readonly declared: ReadonlySet<string>;
}

/**
 * Plans an update from a live list.
 * @param managed ids that this resource has activated or adopted before.
 */
export function forecast(
  live: LiveList,
  policies: Policies,
  { ids, unknown }: Pick<KnownIds, "ids" | "unknown">,
  managed: ReadonlySet<string>,
  declared: ReadonlySet<string> = live.run.declared,
): Forecast {
  const { scope, clientCertificate } = live.scoped;
  const summary = summarize({
    scope,
    desired: { ...policies, ids },
    managed,
    listed: live.listed,
    declared,
    announced: live.declarations.announced(),
    unknown,
    expiryWarningDays: policies.expiryWarningDays,
    hasClientCertificate: clientCertificate !== undefined,
    now: Date.now() / 1000,
  });
  return { live, policies, summary, declared };
}

/** Why a policy rejects an update; undefined when it allows it. */
export function violation({ live, policies, summary }: Forecast): string | undefined {
  return policyViolation(summary.enforcement, policies.enforcementChange, live.scoped.scope);
}

/** The policies; undefined when any is unknown. */
export function knownPolicies(inputs: MaybeUnknown<Policies>): Policies | undefined {
  const policies = policiesOf(inputs);
  return Object.values(policies).includes(UNKNOWN) ? undefined : (policies as Policies);
}
