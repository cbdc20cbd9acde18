import type { X509Certificate } from "node:crypto";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { chainsToAnchor, mayBeClient } from "./clientPath";

export type ClientRejection =
  "certificate_required" | "invalid_certificate" | "certificate_verification_failed";

const chains = new WeakMap<Socket, readonly X509Certificate[]>();

/**
 * The chain that the client presented, its own certificate first.
 *
 * Node returns the presented chain only once, hence the cache. The chain is complete and in the order presented as long as
 * the server has no `ca` option and resumes no session (see listener.ts).
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

/** Why no anchor verifies the presented chain, or undefined when one does. */
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
