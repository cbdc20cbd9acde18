import { enforcementNotices, possibleViolation } from "../activation/guards/enforcement";
import { renderSummary, renderWarning } from "../planSummary/render";
import { QUIET_MS } from "../run/checkMonitor";
import { knownIdentity } from "../session/knownContents";
import type { Forecast } from "./forecast";
import { movedLateWarning } from "./scopeWarnings";

/**
 * Logs what an update would do, and what that means for clients.
 * @param isRejected whether the preview fails because of `enforcementChange`, so that no warning has to announce that.
 */
export function logSummary({ live, policies, summary }: Forecast, isRejected = false): void {
  const { scoped, declarations } = live;
  declarations.announceDeactivation(summary.deactivate);
  scoped.log(renderSummary(summary, Date.now() / 1000, knownIdentity));
  const verb = summary.isEnforcementCertain ? "will" : "may";
  const { scope, clientAccess, names } = scoped;
  for (const text of enforcementNotices(summary.enforcement, scope, clientAccess, names, verb))
    scoped.warn(text);
  const rejection = isRejected
    ? undefined
    : possibleViolation(summary.enforcement, policies.enforcementChange);
  const late = declarations.announced(QUIET_MS);
  const warnings = [
    ...summary.warnings,
    ...movedLateWarning(summary.adopted.flatMap(({ certificate: { id } }) => (late.has(id) ? [id] : []))),
    ...(rejection === undefined ? [] : [rejection]),
  ];
  for (const warning of warnings) scoped.warn(renderWarning(scoped.scope, warning));
}
