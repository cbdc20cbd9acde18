/** Where a certificate can be active: the whole organization, or one of its projects. */
export type Scope = "organization" | { readonly project: string };

/** The project of a scope, or undefined for the organization. */
export const projectOf = (scope: Scope): string | undefined =>
  scope === "organization" ? undefined : scope.project;

export const scopeOf = (project: string | undefined): Scope =>
  project === undefined ? "organization" : { project };

export const sameScope = (one: Scope, other: Scope): boolean => projectOf(one) === projectOf(other);
