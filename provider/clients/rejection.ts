/** Why a CA certificate does not trust a client. */
export const REJECTION_REASONS = [
  "another issuer",
  "expired",
  "not yet valid",
  "usage",
  "not a CA",
  "path length",
  "name constraints",
  "unknown critical extension",
  "key identifiers",
  "weak key",
  "weak digest",
  "unreadable",
  "other",
] as const;

export type RejectionReason = (typeof REJECTION_REASONS)[number];

/** A reason, and what a message can tell about it. */
export interface Rejection {
  readonly reason: RejectionReason;
  /** The subject of the certificate at fault, if it is one: the client's, an intermediate's or the CA's. */
  readonly subject?: string;
  /** When that certificate expired, or becomes valid. Unix seconds. */
  readonly at?: number;
  /** What is wrong with it, such as "RSA with 1024 bits", or what OpenSSL reports. */
  readonly detail?: string;
}

/** Whether a CA certificate trusts a client at a moment. */
export type Verdict =
  | {
      readonly trusted: true;
      /** When the first certificate of the path expires; of several paths, that of the last. Unix seconds. */
      readonly until: number;
    }
  | { readonly trusted: false; readonly rejection: Rejection };
