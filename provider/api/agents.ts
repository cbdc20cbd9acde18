import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { AgentOptions } from "node:https";
import { getCACertificates } from "node:tls";
import type { Connection } from "../settings/connection";
import { proxyFor } from "./proxy/proxyFor";

/** The agents that send the requests of a connection, and keep its sockets. @throws SettingsError about the proxy. */
export function agentsFor(
  connection: Connection,
  environment: NodeJS.ProcessEnv = process.env,
): { readonly httpAgent: HttpAgent; readonly httpsAgent: HttpsAgent } {
  return {
    // Plain http stays on this machine, so it never passes a proxy.
    httpAgent: new HttpAgent({ keepAlive: true }),
    httpsAgent: httpsAgentFor(connection, environment),
  };
}

function httpsAgentFor(connection: Connection, environment: NodeJS.ProcessEnv): HttpsAgent {
  const server = serverVerification(connection);
  const apiTls = { ...server, ...clientAuthentication(connection) };
  const proxy = proxyFor(connection.baseUrl, environment);
  if (!proxy) return new HttpsAgent({ keepAlive: true, ...apiTls });
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- Most machines use no proxy.
  const { TunnelAgent } = require("./proxy/tunnelAgent") as typeof import("./proxy/tunnelAgent");
  return new TunnelAgent(proxy, { proxyTls: server, apiTls, timeoutMs: timeoutMsOf(connection) });
}

/** The deadline of one attempt, in milliseconds. */
export function timeoutMsOf({ timeoutSeconds }: Connection): number {
  return Math.ceil(timeoutSeconds * 1000);
}

/** A server's certificate is always verified, regardless of NODE_TLS_REJECT_UNAUTHORIZED. */
function serverVerification({ caBundle }: Connection): AgentOptions {
  return {
    rejectUnauthorized: true,
    ...(caBundle !== undefined && { ca: [...getCACertificates("default"), ...caBundle] }),
  };
}

/** The client certificate is for the API alone, and not for a proxy. */
function clientAuthentication({ clientCertificate }: Connection): AgentOptions {
  if (!clientCertificate) return {};
  const { chainPem, keyPem, passphrase } = clientCertificate;
  return { cert: chainPem, key: keyPem, ...(passphrase !== undefined && { passphrase }) };
}
