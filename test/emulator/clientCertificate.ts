import { type X509Certificate } from "node:crypto";
import { type Socket } from "node:net";
import { TLSSocket } from "node:tls";

/** Extended key usage of a certificate that may open a connection, RFC 5280, 4.2.1.12. */
const CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

export type ClientRefusal =
  "certificate_required" | "invalid_certificate" | "certificate_verification_failed";

const chains = new WeakMap<Socket, readonly X509Certificate[]>();

/**
 * What the client presented, its own certificate first.
 *
 * Node tells the presented chain only to the first who asks, hence the memory. It keeps it, in the order
 * presented, as long as the server is given no `ca` and resumes no session (see listener.ts).
 */
export function presentedBy(socket: Socket): readonly X509Certificate[] {
  const chain = chains.get(socket) ?? readChain(socket);
  chains.set(socket, chain);
  return chain;
}

function readChain(socket: Socket): readonly X509Certificate[] {
  const chain: X509Certificate[] = [];
  let certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
  while (certificate) {
    chain.push(certificate);
    certificate = certificate.issuerCertificate;
  }
  return chain;
}

/** Why the presented chain is not accepted by any of the anchors, or undefined when it is. */
export function refusalOf(
  presented: readonly X509Certificate[],
  anchors: readonly X509Certificate[],
  now: Date,
): ClientRefusal | undefined {
  const [client, ...others] = presented;
  if (!client) return "certificate_required";
  if (!isCurrent(client, now) || !mayBeClient(client)) return "invalid_certificate";
  const current = anchors.filter((anchor) => isCurrent(anchor, now));
  const intermediates = others.filter((other) => other.ca && isCurrent(other, now));
  return leadsTo(current, client, intermediates) ? undefined : "certificate_verification_failed";
}

/** Intermediates are taken in any order, as TLS 1.3 allows, and each only once. */
function leadsTo(
  anchors: readonly X509Certificate[],
  certificate: X509Certificate,
  intermediates: readonly X509Certificate[],
): boolean {
  if (anchors.some((anchor) => isIssued(certificate, anchor))) return true;
  return intermediates.some((issuer) => {
    const others = intermediates.filter((each) => each !== issuer);
    return isIssued(certificate, issuer) && leadsTo(anchors, issuer, others);
  });
}

const isIssued = (certificate: X509Certificate, issuer: X509Certificate): boolean =>
  certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);

const isCurrent = (certificate: X509Certificate, now: Date): boolean =>
  now >= new Date(certificate.validFrom) && now <= new Date(certificate.validTo);

function mayBeClient(certificate: X509Certificate): boolean {
  // Undefined, whatever the types say, for a certificate without the extension: then it may be used for all.
  const usages = certificate.keyUsage as string[] | undefined;
  return usages?.includes(CLIENT_AUTH) ?? true;
}
