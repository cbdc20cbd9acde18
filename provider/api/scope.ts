/** Where certificates are active: in the whole organization, or in one project. */
export type Scope =
  { readonly kind: "organization" } | { readonly kind: "project"; readonly projectId: string };

export const ORGANIZATION: Scope = { kind: "organization" };

/** The path of a scope's certificates, below the base URL. Ids are encoded, so none can leave its segment. */
export function certificatesPath(scope: Scope): string {
  switch (scope.kind) {
    case "organization":
      return "/organization/certificates";
    case "project":
      return `/organization/projects/${encodeURIComponent(scope.projectId)}/certificates`;
  }
}

/** A scope as it is called in messages: "the organization", "project proj_abc". */
export function scopeName(scope: Scope): string {
  return scope.kind === "organization" ? "the organization" : `project ${scope.projectId}`;
}
