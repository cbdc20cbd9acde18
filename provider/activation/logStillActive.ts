import { scopeLabel } from "../api/scope";
import type { Scope } from "../api/scope";
import { formatIds } from "../shared/format";
import type { Desired } from "./plan";
import type { ScopeApi } from "./scopeApi";

/**
 * Logs which ids stay active although this resource alone would deactivate them.
 * @param activeDeclared the active ids that some resource of the program declares.
 */
export function logStillActive(
  scoped: ScopeApi,
  { ids, exclusive }: Pick<Desired, "ids" | "exclusive">,
  managed: ReadonlySet<string>,
  activeDeclared: ReadonlySet<string>,
): void {
  const stillActive = activeDeclared.difference(ids);
  const released = stillActive.intersection(managed);
  const unmanagedKept = exclusive ? stillActive.difference(managed) : new Set<string>();
  if (released.size > 0) scoped.log(releasedMessage(scoped.scope, released));
  if (unmanagedKept.size > 0) scoped.warn(keptWarning(scoped.scope, unmanagedKept));
}

/** Why certificates stay active although a resource no longer lists them: not a problem. */
function releasedMessage(scope: Scope, released: ReadonlySet<string>): string {
  const many = released.size > 1;
  return (
    `${scopeLabel(scope)}: ${formatIds(released)} ${many ? "stay" : "stays"} active: another resource of this program ` +
    `declares ${many ? "them" : "it"}.`
  );
}

/** Why unmanaged certificates stay active although the set is exclusive. */
function keptWarning(scope: Scope, kept: ReadonlySet<string>): string {
  const many = kept.size > 1;
  return (
    `${scopeLabel(scope)}: ${formatIds(kept)} ${many ? "stay" : "stays"} active although exclusive is set: another ` +
    `resource of this program declares ${many ? "them" : "it"}. Declare ${many ? "them" : "it"} in one resource, or ` +
    "do not set exclusive."
  );
}
