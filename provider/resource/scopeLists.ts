import { listCertificates } from "../api/certificates";
import type { ListedCertificate } from "../api/listedCertificate";
import { ORGANIZATION } from "../api/scope";
import type { Scope } from "../api/scope";
import type { Operation } from "../session/operation";

/**
 * Lists a scope's certificates as they are now.
 * @param expected ids that a project's list may lack, because they were never active there. They are looked up in
 * the organization's list, and count as inactive in the project.
 */
export async function listScope(
  operation: Operation,
  scope: Scope,
  expected: ReadonlySet<string> = new Set(),
): Promise<readonly ListedCertificate[]> {
  const { client, organization, context } = operation;
  return organization.scope(scope).lists.load(async () => {
    const listed = await listCertificates(client, scope, context("list"));
    const missing = expected.difference(new Set(listed.map(({ id }) => id)));
    if (scope.kind === "organization" || missing.size === 0) return listed;
    return [...listed, ...unassociated(missing, await listOrganization(operation, missing))];
  });
}

/** The organization's certificates, from a recent list or a new one. @param expected ids that the list must contain. */
export async function listOrganization(
  operation: Operation,
  expected: ReadonlySet<string> = new Set(),
): Promise<readonly ListedCertificate[]> {
  const { lists } = operation.organization.scope(ORGANIZATION);
  return lists.get(expected) ?? listScope(operation, ORGANIZATION, expected);
}

function unassociated(
  missing: ReadonlySet<string>,
  organization: readonly ListedCertificate[],
): readonly ListedCertificate[] {
  return organization
    .filter(({ id }) => missing.has(id))
    .map((certificate) => ({ ...certificate, active: false }));
}
