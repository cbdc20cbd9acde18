import { loadClientCertificate } from "./clientCertificate";
import type { ClientCertificate } from "./clientCertificate";
import { readCertificates } from "./pemSetting";
import type { NameSettings, Settings } from "./settings";
import { SettingsError } from "./settingsError";
import { parseBaseUrl, parseHeaderValue, parseSeconds } from "./values";

/** The validated settings of a connection to the API. Contains the admin key: never logged, never stored. */
export interface Connection {
  readonly adminKey: string;
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly organization?: string;
  /** The provider's own client certificate, presented to servers that request one. */
  readonly clientCertificate?: ClientCertificate;
  /** CA certificates in PEM format, one each, trusted in addition to the well-known ones. */
  readonly caBundle?: readonly string[];
  /** The deadline of one attempt of a request in seconds, from connecting to the last byte of the response. */
  readonly timeoutSeconds: number;
  /** The time in seconds that one operation may spend waiting between attempts. */
  readonly retryTimeoutSeconds: number;
  /** What messages call the settings of this connection. */
  readonly names: NameSettings;
}

const DEFAULTS = {
  baseUrl: "https://api.openai.com/v1",
  /**
   * Only the hosts mtls.api.openai.com, mtls-us.api.openai.com and mtls-eu.api.openai.com accept client certificates.
   */
  mutualTlsBaseUrl: "https://mtls.api.openai.com/v1",
  timeoutSeconds: 30,
  retryTimeoutSeconds: 600,
} as const;

/**
 * Reads and validates the settings of a connection.
 * @throws SettingsError when a setting is missing or invalid.
 */
export function resolveConnection(settings: Settings): Connection {
  const adminKey = settings.find("adminKey");
  if (!adminKey) throw new SettingsError(missingKeyMessage(settings));
  const organization = settings.find("organization");
  const clientCertificate = findClientCertificate(settings);
  const caBundle = settings.find("caBundle");
  const baseUrl = settings.find("baseUrl");
  const timeout = settings.find("timeoutSeconds");
  const retryTimeout = settings.find("retryTimeoutSeconds");
  // Only previews use it, but an update has to find a wrong value, too.
  previewVerification(settings);
  return {
    adminKey: parseHeaderValue(adminKey),
    baseUrl: baseUrl
      ? parseBaseUrl(baseUrl)
      : clientCertificate
        ? DEFAULTS.mutualTlsBaseUrl
        : DEFAULTS.baseUrl,
    ...(organization && { organization: parseHeaderValue(organization) }),
    ...(clientCertificate && { clientCertificate }),
    ...(caBundle && { caBundle: readCertificates(caBundle).map(String) }),
    timeoutSeconds: timeout ? parseSeconds(timeout, 1) : DEFAULTS.timeoutSeconds,
    retryTimeoutSeconds: retryTimeout ? parseSeconds(retryTimeout, 0) : DEFAULTS.retryTimeoutSeconds,
    names: settings.names,
  };
}

/** What messages call the organization of a connection, at the beginning of a sentence. */
export function organizationName({ organization, baseUrl }: Connection): string {
  const name =
    organization === undefined ? "the organization of the admin key" : `organization ${organization}`;
  return `${name} at ${baseUrl}`;
}

/** Whether previews call the API to verify changed arguments, and fail if that is not possible. */
export type PreviewVerification = "off" | "attempted" | "required";

/**
 * How previews verify changed arguments. Defaults to an attempt.
 * @throws SettingsError when the setting is neither true, false nor required.
 */
export function previewVerification(settings: Settings): PreviewVerification {
  const given = settings.find("verifyInPreview");
  if (given === undefined) return "attempted";
  if (given.value === "required") return "required";
  if (given.value === "true" || given.value === "false") return given.value === "true" ? "attempted" : "off";
  throw new SettingsError(`${given.name} must be true, false or required.`);
}

function missingKeyMessage(settings: Settings): string {
  return (
    `no admin key is configured. ${howToSetKey(settings)}. ` +
    "Create an admin key as an owner of the organization; a project's API key is not accepted."
  );
}

function howToSetKey({ connection, readsEnvironment, isDefault, names, source: { kind } }: Settings): string {
  if (isDefault && kind === "command")
    return "Set the argument adminKey of the provider, or the environment variable OPENAI_ADMIN_KEY";
  if (isDefault && kind !== "stack") return `Set ${names(["adminKey"])}`;
  const command = `Run \`pulumi config set --secret ${connection}:adminKey\``;
  return readsEnvironment ? `${command}, or set the environment variable OPENAI_ADMIN_KEY` : command;
}

function findClientCertificate(settings: Settings): ClientCertificate | undefined {
  const certificate = settings.find("clientCertificate");
  const key = settings.find("clientKey");
  if (!certificate && !key) return undefined;
  if (!certificate || !key) {
    const missing = settings.nameOf(certificate ? "clientKey" : "clientCertificate");
    throw new SettingsError(
      `${missing} is not set. Set both the client certificate and its key, or neither.`,
    );
  }
  const passphrase = settings.find("clientKeyPassphrase") ?? { name: settings.nameOf("clientKeyPassphrase") };
  return loadClientCertificate({ certificate, key, passphrase }, Date.now());
}
