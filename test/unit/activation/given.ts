import { X509Certificate } from "node:crypto";
import type { Chunk, Desired } from "../../../provider/activation/plan";
import type { ListedCertificate } from "../../../provider/api/listedCertificate";
import type { ClientCertificate } from "../../../provider/settings/clientCertificate";
import type { IssuedCertificate } from "../../emulator/certificates/issue";

/** Unix seconds: 2027-01-15T08:00:00Z. */
export const NOW = 1_800_000_000;
export const DAY_SECONDS = 86_400;

/** @param days left; null for a certificate that does not say. */
export function listed(id: string, active: boolean, days: number | null = 400): ListedCertificate {
  return {
    id,
    name: `name of ${id}`,
    active,
    createdAt: NOW - DAY_SECONDS,
    certificateDetails: days === null ? {} : { expiresAt: NOW + days * DAY_SECONDS },
  };
}

export const on = (...ids: readonly string[]): ListedCertificate[] => ids.map((id) => listed(id, true));
export const off = (...ids: readonly string[]): ListedCertificate[] => ids.map((id) => listed(id, false));

/** c01, c02, and so on. */
export function manyIds(count: number, letter = "c"): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${letter}${String(index + 1).padStart(2, "0")}`);
}

export function desire(ids: readonly string[], policies: Partial<Desired> = {}): Desired {
  return { exclusive: false, enforcementChange: "warn", ...policies, ids: new Set(ids) };
}

export function chunk(action: Chunk["action"], ids: readonly string[], chunk = 1, chunks = 1): Chunk {
  return { action, ids, number: chunk, total: chunks };
}

/** What the provider presents, as it is read from the settings. */
export function identityOf({ chainPem, keyPem }: IssuedCertificate): ClientCertificate {
  const pems = chainPem.match(/-+BEGIN[^]+?-+END CERTIFICATE-+/g) ?? [];
  return { chain: pems.map((pem) => new X509Certificate(pem)), chainPem, keyPem };
}
