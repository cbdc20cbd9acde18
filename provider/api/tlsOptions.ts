import type { AgentOptions } from "node:https";
import { createSecureContext, getCACertificates } from "node:tls";
import type { SecureContext } from "node:tls";
import type { Connection } from "../settings/connection";

/**
 * How a server is verified, and what it is shown. A server's certificate is always verified, regardless of
 * NODE_TLS_REJECT_UNAUTHORIZED.
 * @param connection without the client certificate for a server that must not see it, such as a proxy.
 */
export function tlsOptions({
  caBundle,
  clientCertificate,
}: Pick<Connection, "caBundle" | "clientCertificate">): AgentOptions {
  const identity = clientCertificate && {
    cert: clientCertificate.chainPem,
    key: clientCertificate.keyPem,
    ...(clientCertificate.passphrase !== undefined && { passphrase: clientCertificate.passphrase }),
  };
  const options = { rejectUnauthorized: true, ...identity };
  if (caBundle === undefined) return options;
  const trusted = getCACertificates("default");
  if (areComplete(trusted)) return { ...options, ca: [...trusted, ...caBundle] };
  return { ...options, secureContext: withAuthorities(createSecureContext(identity), caBundle) };
}

/**
 * Whether Node.js can list the authorities that it trusts. With `--use-openssl-ca` it cannot: OpenSSL looks for each in
 * its own files, such as those of SSL_CERT_FILE, and the list lacks what is built in.
 */
function areComplete(trusted: readonly string[]): boolean {
  const [builtIn] = getCACertificates("bundled");
  return builtIn !== undefined && trusted.includes(builtIn);
}

/**
 * Adds authorities to those that a context trusts anyway, for which Node.js has no option: `ca` replaces them. The method
 * is not documented; a test covers it in each supported version.
 */
function withAuthorities(secureContext: SecureContext, pems: readonly string[]): SecureContext {
  const context = secureContext.context as { addCACert(pem: string): void };
  for (const pem of pems) context.addCACert(pem);
  return secureContext;
}
