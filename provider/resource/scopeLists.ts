import { listCertificates } from "../api/certificates";
import type { RequestContext } from "../api/client";
import type { ListedCertificate } from "../api/listedCertificate";
import { ORGANIZATION } from "../api/scope";
import type { Scope } from "../api/scope";
import type { Session } from "../session/session";

/** Lists the certificates of scopes in one session. */
export class ScopeLists {
  constructor(
    private readonly session: Session,
    private readonly context: (what: string) => RequestContext,
  ) {}

  /**
   * Lists a scope's certificates as they are now.
   * @param expected ids that a project's list may lack, because they were never active there. They are looked up in
   * the organization's list, and count as inactive in the project.
   */
  async list(scope: Scope, expected: ReadonlySet<string>): Promise<readonly ListedCertificate[]> {
    return this.session.organization.scope(scope).lists.load(async () => {
      const listed = await listCertificates(this.session.client, scope, this.context("list"));
      const missing = expected.difference(new Set(listed.map(({ id }) => id)));
      if (scope.kind === "organization" || missing.size === 0) return listed;
      return [...listed, ...unassociated(missing, await this.organization(missing))];
    });
  }

  /** The organization's certificates, from a recent list or a new one. @param expected ids that the list must contain. */
  async organization(expected: ReadonlySet<string> = new Set()): Promise<readonly ListedCertificate[]> {
    return (
      this.session.organization.scope(ORGANIZATION).lists.get(expected) ?? this.list(ORGANIZATION, expected)
    );
  }
}

function unassociated(
  missing: ReadonlySet<string>,
  organization: readonly ListedCertificate[],
): readonly ListedCertificate[] {
  return organization
    .filter(({ id }) => missing.has(id))
    .map((certificate) => ({ ...certificate, active: false }));
}
