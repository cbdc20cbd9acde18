import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { Connection } from "../settings/connection";
import { proxyFor } from "./proxy/proxyFor";
import { tlsOptions } from "./tlsOptions";

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
  const { caBundle } = connection;
  const apiTls = tlsOptions(connection);
  const proxy = proxyFor(connection.baseUrl, environment);
  if (!proxy) return new HttpsAgent({ keepAlive: true, ...apiTls });
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- Most machines use no proxy.
  const { TunnelAgent } = require("./proxy/tunnelAgent") as typeof import("./proxy/tunnelAgent");
  // The client certificate is for the API alone.
  const proxyTls = tlsOptions(caBundle === undefined ? {} : { caBundle });
  return new TunnelAgent(proxy, { proxyTls, apiTls, timeoutMs: timeoutMsOf(connection) });
}

/** The deadline of one attempt, in milliseconds. */
export function timeoutMsOf({ timeoutSeconds }: Connection): number {
  return Math.ceil(timeoutSeconds * 1000);
}
