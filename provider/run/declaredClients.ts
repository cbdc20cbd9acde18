import type { Scope } from "../api/scope";

/** A client that a resource of the program declares. */
export interface DeclaredClient {
  /** The project of the resource; absent for the organization. */
  readonly projectId?: string | undefined;
  readonly name: string;
  /** Its certificates, which are public. */
  readonly pem: string;
  /** What the resource wants when an update would lock the client out. */
  readonly lockout: "refuse" | "warn";
}

/** The clients of one scope. */
export interface ScopeClients {
  /** The project of the clients; absent for the scope that an operation is about. */
  readonly projectId?: string | undefined;
  readonly clients: readonly DeclaredClient[];
}

/**
 * The clients that a change of a scope concerns: its own and, for the organization, those of its projects, which inherit
 * the organization's certificates.
 */
export function concernedClients(scope: Scope, declared: readonly DeclaredClient[]): readonly ScopeClients[] {
  const scopeId = scope.kind === "project" ? scope.projectId : undefined;
  const groups = Map.groupBy(declared, ({ projectId }) => projectId);
  return [...groups].flatMap(([projectId, clients]) => {
    if (projectId === scopeId) return [{ clients }];
    return scope.kind === "organization" ? [{ projectId, clients }] : [];
  });
}
