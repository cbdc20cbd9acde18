import { projectOf } from "../store/scope";
import type { Scope } from "../store/scope";

/** A certificate of the organization. All times are Unix timestamps in seconds. */
export interface StoredCertificate {
  readonly id: string;
  readonly name: string | null;
  readonly createdAt: number;
  readonly validAt: number;
  readonly expiresAt: number;
  readonly pem: string;
  /** Active for the organization. */
  readonly active: boolean;
  /** Projects for which it is itself active; what they inherit from the organization is not repeated here. */
  readonly activeIn: readonly string[];
  /** Projects for which it is, or was, itself active. */
  readonly associatedWith: readonly string[];
}

export interface CertificateBody {
  readonly object: string;
  readonly id: string;
  readonly name: string | null;
  readonly created_at: number;
  readonly certificate_details: {
    readonly valid_at: number;
    readonly expires_at: number;
    readonly content?: string;
  };
  readonly active?: boolean;
}

export const isActive = (certificate: StoredCertificate, scope: Scope): boolean =>
  scope === "organization" ? certificate.active : certificate.activeIn.includes(scope.project);

export function withActive(certificate: StoredCertificate, scope: Scope, active: boolean): StoredCertificate {
  const project = projectOf(scope);
  if (project === undefined) return { ...certificate, active };
  const others = certificate.activeIn.filter((each) => each !== project);
  const associatedWith = [...new Set([...certificate.associatedWith, ...(active ? [project] : [])])].sort();
  return { ...certificate, activeIn: active ? [...others, project].sort() : others, associatedWith };
}

/** The content of a project's list: all of the organization's certificates, or only those associated with the project. */
export type ProjectLists = "all" | "associated";

export function isListed(certificate: StoredCertificate, scope: Scope, lists: ProjectLists): boolean {
  const project = projectOf(scope);
  return lists === "all" || project === undefined || certificate.associatedWith.includes(project);
}

/** The certificate in lists and in the responses of activate and deactivate, the only ones with `active`. */
export const renderInScope = (certificate: StoredCertificate, scope: Scope): CertificateBody => ({
  ...render(certificate),
  object: scope === "organization" ? "organization.certificate" : "organization.project.certificate",
  active: isActive(certificate, scope),
});

/** The response to a request for one certificate. */
export function render(certificate: StoredCertificate, withContent = false): CertificateBody {
  const { id, name, createdAt, validAt, expiresAt, pem } = certificate;
  const details = { valid_at: validAt, expires_at: expiresAt };
  return {
    object: "certificate",
    id,
    name,
    created_at: createdAt,
    certificate_details: withContent ? { ...details, content: pem } : details,
  };
}
