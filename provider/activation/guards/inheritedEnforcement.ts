import { activeIds } from "../plan";
import type { ScopeApi } from "../scopeApi";
import type { EnforcementChange } from "./enforcement";

/**
 * Whether a change of a project's own certificates changes nothing about enforcement, because the project inherits active
 * certificates of the organization. Lists these only if the change would matter.
 * @throws ApiError when the organization's list cannot be read.
 */
export async function isEnforcedByOrganization(
  scoped: Pick<ScopeApi, "scope" | "inherited">,
  change: EnforcementChange,
): Promise<boolean> {
  if (scoped.scope.kind === "organization" || change === "stays on" || change === "stays off") return false;
  return activeIds(await scoped.inherited()).size > 0;
}
