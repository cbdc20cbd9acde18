import { X509Certificate } from "node:crypto";
import { badRequest } from "../api/apiError";
import type { ApiError } from "../api/apiError";
import { missingCaExtension } from "./caExtensions";

/** "Under 16 kB" in the vendor's guide. */
const MAX_BYTES = 16 * 1024;

/** The minimum remaining validity of an uploaded or activated certificate: one day, in seconds. */
const MIN_REMAINING_SECONDS = 24 * 60 * 60;

export interface Validity {
  readonly validAt: number;
  readonly expiresAt: number;
}

/** Parses one CA certificate, or rejects it as the API does. */
export function parseCaCertificate(pem: string): Validity {
  if (Buffer.byteLength(pem) >= MAX_BYTES) throw invalid("must be smaller than 16 kB");
  const blocks = pem.match(/-----BEGIN [^-]+-----/g) ?? [];
  if (blocks.length > 1) throw invalid("must hold one certificate and nothing else");
  const certificate = parse(pem);
  if (!certificate.ca) throw invalid("is not a certificate authority");
  const missing = missingCaExtension(certificate.raw);
  if (missing !== undefined) throw invalid(`lacks ${missing}`);
  return validityOf(certificate);
}

export const validityOf = (certificate: X509Certificate): Validity => ({
  validAt: Date.parse(certificate.validFrom) / 1000,
  expiresAt: Date.parse(certificate.validTo) / 1000,
});

/** `now` in seconds. */
export function rejectExpiring(expiresAt: number, now: number, subject: string, param: string): void {
  if (expiresAt - now > MIN_REMAINING_SECONDS) return;
  throw badRequest("expired_certificate", `${subject} is expired or expires within one day.`, param);
}

function parse(pem: string): X509Certificate {
  // Node also reads bare DER, which the API does not take.
  if (!pem.includes("-----BEGIN CERTIFICATE-----")) throw invalid("is not in PEM format");
  try {
    return new X509Certificate(pem);
  } catch {
    throw invalid("cannot be parsed");
  }
}

const invalid = (why: string): ApiError =>
  badRequest("mtls_certificate_invalid", `The certificate ${why}.`, "certificate");
