import { formatTable } from "../../support/table";
import type { StoredCertificate } from "./certificate";

/** A line for each certificate: id, name, expiry, and where it is active. */
export function formatCertificates(certificates: readonly StoredCertificate[]): string {
  const rows = certificates.map(({ id, name, expiresAt, active, activeIn }) => [
    id,
    name ?? "",
    `expires ${new Date(expiresAt * 1000).toISOString().slice(0, 10)}`,
    [...(active ? ["organization"] : []), ...activeIn].join(", ") || "not active",
  ]);
  return formatTable(rows).join("\n");
}
