import { SubjectAlternativeNameExtension } from "@peculiar/x509";
import { organization, project } from "../../provider/index";
import { type Emulator, type EmulatorOptions, startEmulator } from "../emulator/index";
import {
  type Authority,
  issueAnchor,
  issueClient,
  type IssuedCertificate,
  issueServer,
} from "../emulator/certificates/issue";

/** The vendor's hosts that the emulator can stand in for, behind a proxy that leads there. */
export const VENDOR_HOSTS = ["api.openai.com", "eu.api.openai.com", "mtls.api.openai.com"] as const;

/** Certificates, and a provider that presents a client certificate of `anchor`. */
export interface Credentials {
  readonly server: IssuedCertificate & { readonly authorityPem: string };
  readonly anchor: Authority;
  readonly other: Authority;
  readonly client: IssuedCertificate;
}

export async function mintCredentials(): Promise<Credentials> {
  const anchor = await issueAnchor({ name: "anchor" });
  return {
    server: await issueServer({
      extensions: [
        new SubjectAlternativeNameExtension([
          { type: "ip", value: "127.0.0.1" },
          ...VENDOR_HOSTS.map((value) => ({ type: "dns" as const, value })),
        ]),
      ],
    }),
    anchor,
    other: await issueAnchor({ name: "other" }),
    client: await issueClient(anchor, { name: "pipeline" }),
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

/** Seeds inactive certificates of another authority, but one that is the provider's anchor. */
export function seedFleet(
  emulator: Emulator,
  { anchor, other }: Credentials,
  ids: readonly string[],
  accepting?: string,
): void {
  emulator.seed(ids.map((id) => ({ id, pem: id === accepting ? anchor.pem : other.pem })));
}

/** `cert_01` and so on. */
export function numbered(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `cert_${String(index + 1).padStart(2, "0")}`);
}
