import type { AuditLog } from "../api/auditLog";
import type { Scope } from "../store/scope";
import type { Store } from "../store/store";

/** What people do in the organization's dashboard: it is not subject to mTLS, and its changes are not in the log of calls. */
export class Dashboard {
  constructor(
    private readonly store: Store,
    private readonly audit: AuditLog,
    /** Milliseconds since 1970. */
    private readonly now: () => number,
  ) {}

  /** @throws ApiError when the certificate or the project does not exist. */
  setActive(id: string, scope: Scope, active: boolean): void {
    this.store.requireScope(scope);
    this.store.setActive([id], scope, active);
    this.audit.record("session", active, scope, this.now() / 1000, [this.store.find(id)]);
  }

  /** Deactivates one certificate, or else all, in the organization and in each project. @throws ApiError */
  deactivateEverywhere(id?: string): void {
    const certificates = id === undefined ? this.store.all() : [this.store.find(id)];
    for (const certificate of certificates) {
      if (certificate.active) this.setActive(certificate.id, "organization", false);
      for (const project of certificate.activeIn) this.setActive(certificate.id, { project }, false);
    }
  }
}
