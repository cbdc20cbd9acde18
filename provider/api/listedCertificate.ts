// The declarations of the package refer to these types. The file imports nothing, so programs that are compiled with an old
// TypeScript need not read the declarations of the package's dependencies.

/** A certificate as the lists show it, in the words of this package. */
export interface ListedCertificate {
  /** The id of the certificate, such as `cert_abc123`. */
  readonly id: string;
  /** The name given at the upload, without what looks like a key; null when none was given. */
  readonly name: string | null;
  /** Whether the certificate is active in the scope that was listed. */
  readonly active: boolean;
  /** When the certificate was uploaded, in Unix seconds. Absent when the API does not report it. */
  readonly createdAt?: number;
  /** The validity period. */
  readonly certificateDetails: {
    /** When the certificate becomes valid, in Unix seconds. Absent when the API does not report it. */
    readonly validAt?: number;
    /** When the certificate expires, in Unix seconds. Absent when the API does not report it. */
    readonly expiresAt?: number;
  };
}

/** A certificate of a response that need not report whether it is active. */
export type CertificateInfo = Omit<ListedCertificate, "active">;

/** A certificate of the organization, with its PEM text if it was requested or read to compare fingerprints. */
export interface FoundCertificate extends ListedCertificate {
  /** The PEM text. Absent when it was not requested and did not have to be read. */
  readonly content?: string;
}

/** What the outputs of a resource report about an active certificate, keyed by its id. */
export type CertificateState = Omit<ListedCertificate, "id">;
