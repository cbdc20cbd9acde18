// The declarations of the package refer to these types. The file imports nothing, so programs that are compiled with an old
// TypeScript need not read the declarations of the package's dependencies.

/** A certificate of an organization or a project. */
export interface ListedCertificate {
  /** The id of the certificate, such as `cert_abc123`. */
  readonly id: string;
  /** The name in the dashboard, without what looks like a key. Null when the certificate has none. */
  readonly name: string | null;
  /** Whether the certificate is active in the organization or project. */
  readonly active: boolean;
  /** The time of the upload in Unix seconds. Absent when the API does not report it. */
  readonly createdAt?: number;
  /** The validity period. */
  readonly certificateDetails: CertificateValidity;
}

/** The validity period of a certificate. */
export interface CertificateValidity {
  /** The start of the validity period in Unix seconds. Absent when the API does not report it. */
  readonly validAt?: number;
  /** The end of the validity period in Unix seconds. Absent when the API does not report it. */
  readonly expiresAt?: number;
}

/** A certificate of a response that need not report whether it is active. */
export type CertificateInfo = Omit<ListedCertificate, "active">;

/** A certificate of the organization, with its PEM text if it was requested or read to compare fingerprints. */
export interface FoundCertificate extends ListedCertificate {
  /** The PEM text. Absent unless it was requested, or read to compare fingerprints. */
  readonly content?: string;
}

/** An active certificate, as an activation reports it under its id. */
export type CertificateState = Omit<ListedCertificate, "id">;
