import type { CertificateState } from "../provider/activation/state";
import type { ListedCertificate } from "../provider/api/schemas";

/** The ids of a set as the state keys it, sorted. */
export function idsIn(set: unknown): string[] {
  return Object.keys(set ?? {}).sort();
}

/** The certificates of a set as the state keys them, sorted by id. */
export function certificatesIn(set: unknown): ListedCertificate[] {
  const byId = (set ?? {}) as Readonly<Record<string, CertificateState>>;
  return idsIn(byId).flatMap((id) => {
    const certificate = byId[id];
    return certificate ? [{ id, ...certificate }] : [];
  });
}
