import { ID } from "../api/id";
import { ORGANIZATION } from "../api/scope";
import type { Scope } from "../api/scope";
import type { Declarations } from "../run/declarations";
import type { UnknownIds } from "../run/facts";
import { pendingUploads, scopeSessionOf } from "../session/session";
import { DEFAULT_CONNECTION } from "../settings/settings";
import { isObject } from "../shared/isObject";
import { knownIds } from "./activationInputs";
import type { KnownIds, ScopeKind } from "./activationInputs";
import { loadClients } from "./clients/load";
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
  const known = knownIds(certificateIds);
  declarations.declare(known.ids, unknownIds(known, connection));
  declareClients(news, connection, scope);
  return declarations;
}

/** The clients of a project count for the organization, too, whose certificates the project inherits. */
function declareClients({ clients, clientLockout }: Properties, connection: string, scope: Scope): void {
  if (!isObject(clients)) return;
  const policy = {
    lockout: clientLockout === "warn" ? "warn" : "refuse",
    ...(scope.kind === "project" && { projectId: scope.projectId }),
  } as const;
  const { declarations } = scopeSessionOf(connection, ORGANIZATION);
  declarations.declareClients(loadClients().declaredClients(clients, policy));
}

/** What the unknown ids of a list stand for: uploads, if the program has as many as the list has unknown ids. */
export function unknownIds({ isUnknown, unknown }: KnownIds, connection: string): UnknownIds {
  if (isUnknown) return "any";
  if (unknown === 0) return "none";
  return unknown <= pendingUploads(connection).length ? "uploads" : "any";
}

function scopeIn(kind: ScopeKind, projectId: unknown): Scope | undefined {
  if (kind === "organization") return ORGANIZATION;
  return isKnown(projectId) && ID.test(projectId) ? { kind, projectId } : undefined;
}

function isKnown(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value !== UNKNOWN;
}
