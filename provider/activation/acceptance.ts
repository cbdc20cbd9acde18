import type { X509Certificate } from "node:crypto";

/** The extended key usage of clients (RFC 5280, section 4.2.1.12). */
const CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";

/**
 * Whether a trust anchor accepts a client that presents a chain: each certificate is issued by the next, up to one that
 * the anchor issued, and all are valid. A filter (CEL), which only the dashboard shows, is not judged.
 * @param chain the client's certificate, then its intermediates in any order.
 * @param now milliseconds since 1970.
 */
export function accepts(anchor: X509Certificate, chain: readonly X509Certificate[], now: number): boolean {
  const [client, ...intermediates] = chain;
  if (!client || !isValid(client, now) || !isValid(anchor, now) || !isForClients(client)) return false;
  const issuers = intermediates.filter((issuer) => issuer.ca && isValid(issuer, now));
  return leadsTo(anchor, client, issuers);
}

/** Whether some path of issuers leads to the anchor; an issuer may be there more than once, renewed or cross-signed. */
function leadsTo(
  anchor: X509Certificate,
  certificate: X509Certificate,
  issuers: readonly X509Certificate[],
): boolean {
  if (isIssuedBy(certificate, anchor)) return true;
  return issuers.some((issuer) => {
    const others = issuers.filter((other) => other !== issuer);
    return isIssuedBy(certificate, issuer) && leadsTo(anchor, issuer, others);
  });
}

/** A certificate that names its purposes must name this one. */
function isForClients({ keyUsage }: X509Certificate): boolean {
  // Node calls the extended usages so; undefined where there are none, whatever its types say.
  const purposes = keyUsage as readonly string[] | undefined;
  return purposes === undefined || purposes.includes(CLIENT_AUTHENTICATION);
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

function isValid({ validFromDate, validToDate }: X509Certificate, now: number): boolean {
  return validFromDate.getTime() <= now && now <= validToDate.getTime();
}
