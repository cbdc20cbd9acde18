import { SettingsError } from "./settingsError";
import {
  type ClientCertificate,
  loadClientCertificate,
  parseCertificates,
  pemText,
} from "./clientCertificate";
import type { Settings } from "./settings";
import { parseBaseUrl, parseBoolean, parseHeaderValue, parseSeconds } from "./values";

/** Everything that is needed to speak to the API. Holds the admin key: never logged, never stored. */
export interface Connection {
  readonly adminKey: string;
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly organization?: string;
  /** What the provider presents to a server that asks for a client certificate. */
  readonly clientCertificate?: ClientCertificate;
  /** Certificate authorities in PEM, trusted beside the well-known ones. */
  readonly caBundle?: string;
  /** Seconds that one attempt of a request may take, from connecting to the last byte of the response. */
  readonly timeoutSeconds: number;
  /** Seconds that one operation may spend on waiting for another try. */
  readonly retryTimeoutSeconds: number;
}

const DEFAULTS = {
  baseUrl: "https://api.openai.com/v1",
  /** The only hosts that accept a client certificate are mtls.api.openai.com, mtls-us. and mtls-eu. */
  mutualTlsBaseUrl: "https://mtls.api.openai.com/v1",
  timeoutSeconds: 30,
  retryTimeoutSeconds: 600,
} as const;

/**
 * Reads a connection from the stack's configuration and the environment.
 * @throws ConnectionError when a setting is missing or wrong, before anything is sent.
 */
export function resolveConnection(settings: Settings): Connection {
  const adminKey = settings.find("adminKey");
  if (!adminKey) throw new SettingsError(missingKeyMessage(settings));
  const organization = settings.find("organization");
  const identity = findClientCertificate(settings);
  const caBundle = settings.find("caBundle");
  const baseUrl = settings.find("baseUrl");
  const timeout = settings.find("timeoutSeconds");
  const retryTimeout = settings.find("retryTimeoutSeconds");
  return {
    adminKey: parseHeaderValue(adminKey),
    baseUrl: baseUrl ? parseBaseUrl(baseUrl) : identity ? DEFAULTS.mutualTlsBaseUrl : DEFAULTS.baseUrl,
    ...(organization && { organization: parseHeaderValue(organization) }),
    ...(identity && { clientCertificate: identity }),
    ...(caBundle && { caBundle: parseCaBundle(caBundle) }),
    timeoutSeconds: timeout ? parseSeconds(timeout, 1) : DEFAULTS.timeoutSeconds,
    retryTimeoutSeconds: retryTimeout ? parseSeconds(retryTimeout, 0) : DEFAULTS.retryTimeoutSeconds,
  };
}

/**
 * Whether a preview may look at the live list; true unless it is switched off.
 * @throws ConnectionError when the setting is neither true nor false.
 */
export function verifiesInPreview(settings: Settings): boolean {
  const given = settings.find("verifyInPreview");
  return given === undefined || parseBoolean(given);
}

function missingKeyMessage({ connection, isDefault }: Settings): string {
  const elsewhere = isDefault ? " or in the environment as OPENAI_ADMIN_KEY" : "";
  return (
    `no admin key: set it with \`pulumi config set --secret ${connection}:adminKey\`${elsewhere}. ` +
    "An admin key is made by an owner of the organization; a project's key will not do."
  );
}

function findClientCertificate(settings: Settings): ClientCertificate | undefined {
  const certificate = settings.find("clientCertificate");
  const key = settings.find("clientKey");
  if (!certificate && !key) return undefined;
  if (!certificate || !key) {
    const missing = settings.nameOf(certificate ? "clientKey" : "clientCertificate");
    throw new SettingsError(
      `a client certificate needs its key, and ${missing} is not set; set both or none.`,
    );
  }
  return loadClientCertificate(certificate, key, settings.find("clientKeyPassphrase")?.value, Date.now());
}

function parseCaBundle(given: { readonly name: string; readonly value: string }): string {
  const pem = pemText(given);
  if (parseCertificates(given.name, pem).length > 0) return pem;
  throw new SettingsError(`${given.name} holds no certificate in PEM.`);
}
