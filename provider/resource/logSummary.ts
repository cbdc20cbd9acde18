import { enforcementNotices, possibleViolation } from "../activation/guards/enforcement";
import { renderSummary, renderWarning } from "../planSummary/render";
import { QUIET_MS } from "../run/checkMonitor";
import { knownIdentity } from "../session/knownContents";
import type { Forecast } from "./forecast";
import { movedLateWarning } from "./scopeWarnings";

/**
 * Logs what an update would do, and what that means for clients.
 * @param rejection why the preview fails. No warning repeats what it contains.
 */
export function logSummary({ live, policies, summary }: Forecast, rejection?: string): void {
  const { scoped, declarations } = live;
  declarations.announceDeactivation(summary.deactivate);
  scoped.log(renderSummary(summary, Date.now() / 1000, knownIdentity));
  const verb = summary.isEnforcementCertain ? "will" : "may";
  const { scope, clientAccess, names } = scoped;
  for (const text of enforcementNotices(summary.enforcement, scope, clientAccess, names, verb))
    if (rejection?.includes(text) !== true) scoped.warn(text);
  const possible =
    rejection === undefined ? possibleViolation(summary.enforcement, policies.enforcementChange) : undefined;
  const late = declarations.announced(QUIET_MS);
  const warnings = [
    ...summary.warnings,
    ...movedLateWarning(summary.adopted.flatMap(({ certificate: { id } }) => (late.has(id) ? [id] : []))),
    ...(possible === undefined ? [] : [possible]),
  ];
  for (const warning of warnings) scoped.warn(renderWarning(scoped.scope, warning));
}
