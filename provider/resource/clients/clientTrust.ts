// The declarations of the package refer to this type. The file imports nothing, as that of the listed certificate.

/** What is known of a client. */
export interface ClientTrust {
  /** The subject of its certificate, such as `CN=billing, O=Acme`. */
  readonly subject: string;
  /** When its certificate expires, in Unix seconds. */
  readonly expiresAt: number;
  /** The ids of the active certificates that are known to trust it, sorted. Empty when none is. */
  readonly trustedBy: readonly string[];
}
