import { X509Certificate } from "node:crypto";
import type { Socket } from "node:net";
import { ApiError } from "../api/apiError";
import type { Scope } from "../store/scope";
import type { Store } from "../store/store";
import { presentedBy, rejectionOf } from "./clientCertificate";
import type { ClientRejection } from "./clientCertificate";

const MESSAGES: Readonly<Record<ClientRejection, string>> = {
  certificate_required: "A client certificate is required.",
  invalid_certificate: "The client certificate is expired, not yet valid, or not meant for clients.",
  certificate_verification_failed: "No active certificate accepts the client certificate.",
};

export type EnforcementMode = "none" | "tls" | "without-tls";

/** Rejects a request whose client certificate no active certificate verifies. Without active certificates, nothing is checked. */
export function enforce(mode: EnforcementMode, store: Store, scope: Scope, socket: Socket, now: Date): void {
  if (mode === "none") return;
  const active = new Set([...store.activeIn("organization"), ...store.activeIn(scope)]);
  if (active.size === 0) return;
  const anchors = [...active].flatMap(({ pem }) => parsed(pem));
  const rejection = rejectionOf(presentedBy(socket), anchors, now);
  if (rejection) throw new ApiError(401, rejection, MESSAGES[rejection]);
}

/** A certificate seeded without a valid PEM verifies no client, but its activation does enforce mTLS. */
function parsed(pem: string): readonly X509Certificate[] {
  try {
    return [new X509Certificate(pem)];
  } catch {
    return [];
  }
}
