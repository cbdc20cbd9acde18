import { scopeLabel } from "../api/scope";
import type { Scope } from "../api/scope";

/** Why certificates stay active although a resource no longer lists them: not a problem. */
export function releasedMessage(scope: Scope, released: ReadonlySet<string>): string {
  const many = released.size > 1;
  return (
    `${scopeLabel(scope)}: ${sorted(released)} ${many ? "stay" : "stays"} active: another resource of this program ` +
    `declares ${many ? "them" : "it"}.`
  );
}

/** Why unmanaged certificates stay active although the set is exclusive. */
export function keptWarning(scope: Scope, kept: ReadonlySet<string>): string {
  const many = kept.size > 1;
  return (
    `${scopeLabel(scope)}: ${sorted(kept)} ${many ? "stay" : "stays"} active although exclusive is set: another ` +
    `resource of this program declares ${many ? "them" : "it"}. Declare ${many ? "them" : "it"} in one resource, or ` +
    "do not set exclusive."
  );
}

function sorted(ids: ReadonlySet<string>): string {
  return [...ids].sort().join(", ");
}
