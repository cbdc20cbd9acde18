import * as v from "valibot";
import { parse } from "../api/schemas";
import type { UploadedCertificate } from "../api/uploads";
import { parseCaCertificate } from "../certificate/caCertificate";
import type { CaCertificate } from "../certificate/caCertificate";
import { UserError } from "../shared/userError";

/** The outputs of a certificate. Times are Unix seconds. */
export interface CertificateOutputs {
  readonly certificate: string;
  /** Absent when it has none. */
  readonly name?: string;
  /** Absent when the API does not report it. */
  readonly createdAt?: number;
  readonly validAt: number;
  readonly expiresAt: number;
  readonly subject: string;
  readonly issuer: string;
  readonly serialNumber: string;
  readonly fingerprint: string;
  readonly isCa: boolean;
  readonly connection?: string;
}

/** What later operations need of a state. The certificate is absent only when one is read for the first time (`get`). */
const storedCertificate = v.object({
  certificate: v.optional(v.string()),
  name: v.optional(v.string()),
  connection: v.optional(v.string()),
});

export type StoredCertificate = v.InferOutput<typeof storedCertificate>;

/** @throws Error when the state is not one of this resource. */
export function parseStoredCertificate(properties: unknown): StoredCertificate {
  const parsed = parse(storedCertificate, properties);
  if ("value" in parsed) return parsed.value;
  throw new UserError(
    `the stack's state of this certificate cannot be read (${parsed.problem}); restore it from the stack's history`,
  );
}

/** @throws UserError when a text of the API or the state is not a valid certificate. */
export function parseStoredPem(pem: string): CaCertificate {
  const parsed = parseCaCertificate(pem);
  if ("caCertificate" in parsed) return parsed.caCertificate;
  throw new UserError(`the certificate as it is stored ${parsed.problem}`);
}

export function certificateOutputs(
  { name, createdAt, certificateDetails }: Omit<UploadedCertificate, "id">,
  caCertificate: CaCertificate,
  connection: string | undefined,
): CertificateOutputs {
  const { pem, subject, issuer, serialNumber, fingerprint, isCa } = caCertificate;
  return {
    certificate: pem,
    ...(name !== null && { name }),
    ...(createdAt !== undefined && { createdAt }),
    validAt: certificateDetails.validAt ?? caCertificate.validAt,
    expiresAt: certificateDetails.expiresAt ?? caCertificate.expiresAt,
    subject,
    issuer,
    serialNumber,
    fingerprint,
    isCa,
    ...(connection !== undefined && { connection }),
  };
}
