import { policyViolation } from "../activation/guards/enforcement";
import { isEnforcedByOrganization } from "../activation/guards/inheritedEnforcement";
import { summarize } from "../planSummary/summarize";
import type { PlanSummary } from "../planSummary/summarize";
import type { KnownIds } from "./activationInputs";
import type { MaybeUnknown } from "./arguments";
import type { LiveList } from "./liveList";
import { policiesOf } from "./policies";
import type { Policies } from "./policies";
import { UNKNOWN } from "./resource";
import { continueUnverified } from "./unverified";

/** The policies of an update that is expected. */
export type ForecastPolicies = Omit<Policies, "clients"> & Pick<MaybeUnknown<Policies>, "clients">;

/** What a preview expects of an update. It is planned once: whatever rejects or describes the update uses this plan. */
export interface Forecast {
  readonly live: LiveList;
  readonly policies: ForecastPolicies;
  readonly summary: PlanSummary;
  /** Ids that some resource of the program declares, as far as the engine has checked it. */
  readonly declared: ReadonlySet<string>;
}

/**
 * Plans an update from a live list.
 * @param managed ids that this resource has activated or adopted before.
 */
export async function forecast(
  live: LiveList,
  policies: ForecastPolicies,
  { ids, unknown }: Pick<KnownIds, "ids" | "unknown">,
  managed: ReadonlySet<string>,
  declared: ReadonlySet<string> = live.run.declared,
): Promise<Forecast> {
  const { scope, clientCertificate } = live.scoped;
  const input = {
    scope,
    desired: { ...policies, ids },
    managed,
    listed: live.listed,
    declared,
    confirmed: live.run.declared,
    announced: live.declarations.announced(),
    unknown,
    unknownIds: live.run.unknown,
    ...(live.run.program && { program: live.run.program }),
    expiryWarningDays: policies.expiryWarningDays,
    hasClientCertificate: clientCertificate !== undefined,
    now: Date.now() / 1000,
  };
  const own = summarize({ ...input, isEnforcedByOrganization: false });
  const summary = (await isEnforced(live, own))
    ? summarize({ ...input, isEnforcedByOrganization: true })
    : own;
  return { live, policies, summary, declared };
}

/** Whether a project's enforcement does not change because of the organization's active certificates. */
async function isEnforced({ connection, scoped }: LiveList, { enforcement }: PlanSummary): Promise<boolean> {
  try {
    return await isEnforcedByOrganization(scoped, enforcement);
  } catch (error) {
    const warning = (reason: string): string =>
      `active certificates of the organization not verified: ${reason}`;
    continueUnverified(connection, error, warning);
    return false;
  }
}

/** Why a policy rejects an update; undefined when it allows it. */
export function violation({ live, policies, summary }: Forecast): string | undefined {
  return policyViolation(summary.enforcement, policies.enforcementChange, live.scoped.scope);
}

/** The policies; undefined when any is unknown, except the clients: whatever these are, the plan is the same. */
export function knownPolicies(inputs: MaybeUnknown<Policies>): ForecastPolicies | undefined {
  const { clients, ...others } = policiesOf(inputs);
  if (Object.values(others).includes(UNKNOWN)) return undefined;
  return { ...(others as Omit<Policies, "clients">), ...(clients !== undefined && { clients }) };
}
