import "reflect-metadata";
import { SubjectAlternativeNameExtension } from "@peculiar/x509";
import { organization, project } from "../../provider/index";
import { issueCa, issueClient, issueServer } from "../emulator/certificates/issue";
import type { Authority, IssuedCertificate } from "../emulator/certificates/issue";
import { startEmulator } from "../emulator/index";
import type { Emulator, EmulatorOptions } from "../emulator/index";

/** The vendor's hosts that the emulator can replace, behind a proxy that redirects to it. */
export const VENDOR_HOSTS = ["api.openai.com", "eu.api.openai.com", "mtls.api.openai.com"] as const;

/** The emulator's server certificate, two authorities, and the provider's client certificate, issued by `ca`. */
export interface Credentials {
  readonly server: IssuedCertificate & { readonly authorityPem: string };
  readonly ca: Authority;
  readonly other: Authority;
  readonly client: IssuedCertificate;
}

export async function issueCredentials(): Promise<Credentials> {
  const ca = await issueCa({ name: "ca" });
  return {
    server: await issueServer({
      extensions: [
        new SubjectAlternativeNameExtension([
          { type: "ip", value: "127.0.0.1" },
          ...VENDOR_HOSTS.map((value) => ({ type: "dns" as const, value })),
        ]),
      ],
    }),
    ca,
    other: await issueCa({ name: "other" }),
    client: await issueClient(ca, { name: "pipeline" }),
  };
}

/** An emulator that enforces mutual TLS, to which the provider is connected with its client certificate. */
export async function startEnforcing(
  { server, client }: Credentials,
  options: EmulatorOptions = {},
  settings: Readonly<Record<string, string>> = {},
): Promise<Emulator> {
  const emulator = await startEmulator({ tls: { certificate: server.pem, key: server.keyPem }, ...options });
  await configure({
    "openai-certificates:baseUrl": emulator.url,
    "openai-certificates:adminKey": emulator.adminKey,
    "openai-certificates:retryTimeoutSeconds": "0",
    "openai-certificates:caBundle": server.authorityPem,
    "openai-certificates:clientCertificate": client.chainPem,
    "openai-certificates:clientKey": client.keyPem,
    ...settings,
  });
  return emulator;
}

/** Both kinds of provider share the settings of the process. */
async function configure(settings: Readonly<Record<string, string>>): Promise<void> {
  const config = { get: (key: string) => settings[key] } as never;
  await organization.configure({ config });
  await project.configure({ config });
}

/** Seeds inactive certificates of another authority. @param trusted the id of the one that issued the provider's client certificate. */
export function seedFleet(
  emulator: Emulator,
  { ca, other }: Credentials,
  ids: readonly string[],
  trusted?: string,
): void {
  emulator.seed(ids.map((id) => ({ id, pem: id === trusted ? ca.pem : other.pem })));
}
