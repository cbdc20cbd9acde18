import { X509Certificate } from "node:crypto";
import { randomId } from "../api/randomId";
import { validityOf } from "../certificates/caPem";
import type { StoredCertificate } from "../certificates/certificate";

/** A certificate to add. All times are Unix timestamps in seconds. */
export interface Seed {
  readonly id?: string;
  readonly name?: string;
  readonly active?: boolean;
  /** Projects for which it is active. They must exist. */
  readonly activeIn?: readonly string[];
  readonly createdAt?: number;
  /** Default: from the PEM, else the time of creation. */
  readonly validAt?: number;
  /** Default: from the PEM, else a year from now. */
  readonly expiresAt?: number;
  /** Default: a text that is not a certificate, which is enough unless it has to be parsed. */
  readonly pem?: string;
}

const YEAR_SECONDS = 365 * 24 * 60 * 60;
const NO_PEM = "-----BEGIN CERTIFICATE-----\nc2VlZGVkIGJ5IGhhbmQ=\n-----END CERTIFICATE-----\n";

/** `now` in seconds. */
export function fromSeed(seed: Seed, now: number): StoredCertificate {
  const createdAt = seed.createdAt ?? Math.floor(now);
  const validity =
    seed.pem === undefined
      ? { validAt: createdAt, expiresAt: Math.floor(now) + YEAR_SECONDS }
      : validityOf(new X509Certificate(seed.pem));
  return {
    id: seed.id ?? randomId("cert_"),
    name: seed.name ?? null,
    createdAt,
    validAt: seed.validAt ?? validity.validAt,
    expiresAt: seed.expiresAt ?? validity.expiresAt,
    pem: seed.pem ?? NO_PEM,
    active: seed.active ?? false,
    activeIn: seed.activeIn ?? [],
    associatedWith: seed.activeIn ?? [],
  };
}
