import { type X509Certificate } from "node:crypto";
import { type Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { chainsToAnchor, mayBeClient } from "./clientPath";

export type ClientRejection =
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
export function rejectionOf(
  presented: readonly X509Certificate[],
  anchors: readonly X509Certificate[],
  now: Date,
): ClientRejection | undefined {
  const [client, ...others] = presented;
  if (!client) return "certificate_required";
  if (!mayBeClient(client, now)) return "invalid_certificate";
  return chainsToAnchor(client, others, anchors, now) ? undefined : "certificate_verification_failed";
}
