import { ID } from "../api/id";
import { ORGANIZATION } from "../api/scope";
import type { Scope } from "../api/scope";
import type { Declarations } from "../run/declarations";
import { scopeSessionOf } from "../session/session";
import { DEFAULT_CONNECTION } from "../settings/settings";
import { knownIds } from "./activationInputs";
import type { ScopeKind } from "./activationInputs";
import type { Properties } from "./resource";
import { UNKNOWN } from "./resource";

/**
 * Records the ids that a program's resource declares, so that no other resource deactivates them. Ids of invalid
 * arguments count, too. Nothing is recorded while the scope is unknown or invalid.
 * @returns what the resources of that scope declare; undefined when there is no scope.
 */
export function declare(kind: ScopeKind, news: Properties): Declarations | undefined {
  const { projectId, certificateIds } = news;
  const connection = news["connection"] ?? DEFAULT_CONNECTION;
  const scope = scopeIn(kind, projectId);
  if (!isKnown(connection) || !scope) return undefined;
  const { declarations } = scopeSessionOf(connection, scope);
  declarations.declare(knownIds(certificateIds).ids);
  return declarations;
}

function scopeIn(kind: ScopeKind, projectId: unknown): Scope | undefined {
  if (kind === "organization") return ORGANIZATION;
  return isKnown(projectId) && ID.test(projectId) ? { kind, projectId } : undefined;
}

function isKnown(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value !== UNKNOWN;
}
