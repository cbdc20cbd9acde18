import { X509Certificate } from "node:crypto";
import { duplexPair } from "node:stream";
import { connect, createSecureContext, createServer } from "node:tls";
import type { SecureContext, TLSSocket } from "node:tls";
import type { ClientCertificate } from "../settings/clientCertificate";

/** Whether a client is trusted and, if not, why: an error code of OpenSSL, or a short text. */
export type HandshakeResult =
  { readonly trusted: true } | { readonly trusted: false; readonly reason: string };

/** Any name will do: the server side chooses its trusted certificate while it reads this name. */
const SERVER_NAME = "client-trust";

/** Only TLS 1.3: older versions would also verify the certificate as a server's. */
const MIN_VERSION = "TLSv1.3";

/**
 * Lets OpenSSL decide whether a client is trusted by one CA certificate: in a TLS handshake inside this process, the
 * client presents its chain to a server that trusts nothing else. Filters (CEL), which only the dashboard shows, are
 * not evaluated.
 *
 * Certificates are verified one at a time. Together they would take less time, but two of the same name without key
 * identifiers hide one another from OpenSSL.
 * @param pem the CA certificate. A text that cannot be parsed trusts no client.
 */
export async function checkClientTrust(
  clientCertificate: ClientCertificate,
  pem: string,
): Promise<HandshakeResult> {
  const certificate = parse(pem);
  if (!certificate) return { trusted: false, reason: "not a readable certificate" };
  try {
    return await handshake(clientCertificate, certificate);
  } catch (error) {
    return { trusted: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

async function handshake(
  clientCertificate: ClientCertificate,
  trusted: X509Certificate,
): Promise<HandshakeResult> {
  const { passphrase } = clientCertificate;
  const key = { key: clientCertificate.keyPem, ...(passphrase !== undefined && { passphrase }) };
  // The server's certificate is not verified here, so the client's own is used.
  const [leaf] = clientCertificate.chain;
  const serverContext = createSecureContext({
    ...key,
    cert: leaf?.toString(),
    ca: trusted.toString(),
    allowPartialTrustChain: true,
    minVersion: MIN_VERSION,
  });
  const [near, far] = duplexPair();
  const { promise, resolve, reject } = Promise.withResolvers<TLSSocket>();
  trustingServer(serverContext)
    .on("secureConnection", resolve)
    .on("tlsClientError", reject)
    .emit("connection", far);
  const client = connect({
    socket: near,
    ...key,
    cert: clientCertificate.chainPem,
    ca: [],
    rejectUnauthorized: false,
    servername: SERVER_NAME,
    minVersion: MIN_VERSION,
  }).on("error", reject);
  try {
    return resultOf(await promise);
  } finally {
    client.destroy();
    near.destroy();
    far.destroy();
  }
}

/** A server that never listens. Node passes `allowPartialTrustChain` on only in a context of its own, hence the callback. */
function trustingServer(context: SecureContext): ReturnType<typeof createServer> {
  return createServer({
    SNICallback: (_name, respond) => {
      respond(null, context);
    },
    requestCert: true,
    rejectUnauthorized: false,
    minVersion: MIN_VERSION,
  });
}

function resultOf(socket: TLSSocket): HandshakeResult {
  const { authorized, authorizationError } = socket;
  socket.destroy();
  return authorized ? { trusted: true } : { trusted: false, reason: String(authorizationError) };
}

function parse(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}
