import type { X509Certificate } from "node:crypto";

/**
 * Whether a trust anchor accepts a client that presents a chain: each certificate is issued by the next, up to one that
 * the anchor issued, and all are valid. A filter (CEL), which only the dashboard shows, is not judged.
 * @param chain the client's certificate, then its intermediates in any order.
 * @param now milliseconds since 1970.
 */
export function accepts(anchor: X509Certificate, chain: readonly X509Certificate[], now: number): boolean {
  const [client, ...intermediates] = chain;
  if (!client || !isValid(anchor, now)) return false;
  const seen = new Set<X509Certificate>();
  for (let current: X509Certificate | undefined = client; current && !seen.has(current);) {
    const certificate: X509Certificate = current;
    if (!isValid(certificate, now)) return false;
    if (isIssuedBy(certificate, anchor)) return true;
    seen.add(certificate);
    current = intermediates.find((issuer) => issuer.ca && isIssuedBy(certificate, issuer));
  }
  return false;
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

function isValid({ validFromDate, validToDate }: X509Certificate, now: number): boolean {
  return validFromDate.getTime() <= now && now <= validToDate.getTime();
}
