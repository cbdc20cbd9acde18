import { RetryBudget } from "../../provider/api/backoff";
import { Client } from "../../provider/api/client";
import type { RequestContext } from "../../provider/api/client";
import { resolveConnection } from "../../provider/settings/connection";
import { Settings } from "../../provider/settings/settings";
import { issueCa, issueClient, issueServer } from "../emulator/certificates/issue";
import type { IssuedCertificate } from "../emulator/certificates/issue";
import { startEmulator } from "../emulator/index";
import type { Emulator } from "../emulator/index";

/** A client of an emulator. @param more settings by environment variable. */
export function clientOf(emulator: Emulator, more: Readonly<Record<string, string>> = {}): Client {
  const environment = {
    OPENAI_ADMIN_KEY: emulator.adminKey,
    OPENAI_BASE_URL: emulator.url,
    OPENAI_TIMEOUT_SECONDS: "1",
    ...more,
  };
  return new Client(resolveConnection(new Settings(() => undefined, environment)));
}

/** A request context with a retry budget in seconds, which collects the reasons of waits. */
export function requestContext(seconds: number): RequestContext & { readonly waits: readonly string[] } {
  const waits: string[] = [];
  return {
    budget: new RetryBudget(seconds),
    waitsForRateLimit: true,
    onWait: (reason) => {
      waits.push(reason);
    },
    waits,
  };
}

/** An emulator over TLS with one active certificate, its server certificate, and a client certificate that it trusts. */
export interface TlsEmulator {
  readonly server: Awaited<ReturnType<typeof issueServer>>;
  readonly client: IssuedCertificate;
  readonly emulator: Emulator;
}

export async function startTlsEmulator(): Promise<TlsEmulator> {
  const server = await issueServer();
  const ca = await issueCa();
  const client = await issueClient(ca, { name: "pipeline" });
  const emulator = await startEmulator({ tls: { certificate: server.pem, key: server.keyPem } });
  emulator.seed([{ id: "cert_a", pem: ca.pem, active: true }]);
  return { server, client, emulator };
}
