import { UserError } from "../shared/userError";

/** Where certificates are active: in the whole organization, or in one project. */
export type Scope =
  { readonly kind: "organization" } | { readonly kind: "project"; readonly projectId: string };

export const ORGANIZATION: Scope = { kind: "organization" };

/** The path of a scope's certificates, below the base URL. */
export function certificatesPath(scope: Scope): string {
  switch (scope.kind) {
    case "organization":
      return "/organization/certificates";
    case "project":
      return `/organization/projects/${pathSegment(scope.projectId)}/certificates`;
  }
}

/** An id as one segment of a path, which it cannot leave. @throws UserError when it is not a valid id. */
export function pathSegment(id: string): string {
  if (id === "" || /^\.+$/.test(id) || !id.isWellFormed())
    throw new UserError(`${JSON.stringify(id)} is not a valid id; use one as shown in the dashboard`);

  return encodeURIComponent(id);
}

/** A scope at the beginning of a line: "organization", "project proj_abc". */
export function scopeLabel(scope: Scope): string {
  return scope.kind === "organization" ? "organization" : `project ${scope.projectId}`;
}

/** A scope within a sentence: "the organization", "project proj_abc". */
export function scopeName(scope: Scope): string {
  return scope.kind === "organization" ? "the organization" : `project ${scope.projectId}`;
}
