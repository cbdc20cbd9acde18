import * as v from "valibot";

/** Everything that is needed to speak to the API. Holds the admin key: never logged, never stored. */
export interface Connection {
  readonly adminKey: string;
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly organization?: string;
  /** Seconds after which a request without an answer is given up. */
  readonly timeoutSeconds: number;
  /** Seconds that one operation may spend on waiting for another try. */
  readonly retryTimeoutSeconds: number;
}

/** Reads one key of the stack's configuration, such as `openai:baseUrl`. */
export type ReadConfig = (key: string) => string | undefined;

/** Where each setting comes from. The stack's configuration wins over the environment. */
const SETTINGS = {
  adminKey: { key: "openai:adminKey", variable: "OPENAI_ADMIN_KEY" },
  baseUrl: { key: "openai:baseUrl", variable: "OPENAI_BASE_URL" },
  organization: { key: "openai:organization", variable: "OPENAI_ORG_ID" },
  timeoutSeconds: { key: "openai:timeoutSeconds", variable: "OPENAI_TIMEOUT_SECONDS" },
  retryTimeoutSeconds: { key: "openai:retryTimeoutSeconds", variable: "OPENAI_RETRY_TIMEOUT_SECONDS" },
} as const;

type Setting = (typeof SETTINGS)[keyof typeof SETTINGS];

const DEFAULTS = {
  baseUrl: "https://api.openai.com/v1",
  timeoutSeconds: 30,
  retryTimeoutSeconds: 600,
} as const;

/** Hosts of this machine: the only ones that may be spoken to without TLS. */
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** The configuration cannot be used. Names each wrong setting, the reason and the remedy; never a secret's value. */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";
}

/**
 * Reads the connection from the stack's configuration and the environment.
 * @throws ConnectionError when a setting is missing or wrong, before anything is sent.
 */
export function resolveConnection(config: ReadConfig, environment: NodeJS.ProcessEnv): Connection {
  const read = ({ key, variable }: Setting): string | undefined =>
    [config(key), environment[variable]].map((value) => value?.trim()).find((value) => value);
  const organization = read(SETTINGS.organization);
  return {
    adminKey: adminKey(read(SETTINGS.adminKey)),
    baseUrl: baseUrl(read(SETTINGS.baseUrl) ?? DEFAULTS.baseUrl),
    ...(organization !== undefined && { organization: headerText(SETTINGS.organization, organization) }),
    timeoutSeconds:
      seconds(SETTINGS.timeoutSeconds, read(SETTINGS.timeoutSeconds), 1) ?? DEFAULTS.timeoutSeconds,
    retryTimeoutSeconds:
      seconds(SETTINGS.retryTimeoutSeconds, read(SETTINGS.retryTimeoutSeconds), 0) ??
      DEFAULTS.retryTimeoutSeconds,
  };
}

function adminKey(value: string | undefined): string {
  if (value === undefined) {
    throw new ConnectionError(
      "no admin key: set it with `pulumi config set --secret openai:adminKey` or in the environment as " +
        "OPENAI_ADMIN_KEY. An admin key is made by an owner of the organization; a project's key will not do.",
    );
  }
  if (!isHeaderText(value)) {
    throw new ConnectionError(
      "openai:adminKey (OPENAI_ADMIN_KEY) holds white space or a character that no key has; set it again.",
    );
  }
  return value;
}

function baseUrl(value: string): string {
  const named = "openai:baseUrl (OPENAI_BASE_URL)";
  const url = URL.parse(value);
  if (!url) {
    throw new ConnectionError(`${named} is no URL; the default is ${DEFAULTS.baseUrl}.`);
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new ConnectionError(`${named} holds a user, a query or a fragment; give the address alone.`);
  }
  if (url.protocol !== "https:" && !(url.protocol === "http:" && LOOPBACK_HOSTS.has(url.hostname))) {
    throw new ConnectionError(
      `${named} is ${url.origin}: the admin key would travel in clear. Use https; plain http is accepted for this ` +
        "machine only (127.0.0.1, localhost, [::1]).",
    );
  }
  return url.href.replace(/\/+$/, "");
}

function headerText({ key, variable }: Setting, value: string): string {
  if (!isHeaderText(value)) {
    throw new ConnectionError(`${key} (${variable}) holds white space or a character that no id has.`);
  }
  return value;
}

function isHeaderText(value: string): boolean {
  return /^[\x21-\x7e]+$/.test(value);
}

function seconds({ key, variable }: Setting, value: string | undefined, least: number): number | undefined {
  if (value === undefined) return undefined;
  const parsed = v.safeParse(
    v.pipe(v.string(), v.decimal(), v.transform(Number), v.minValue(least), v.maxValue(86_400)),
    value,
  );
  if (!parsed.success) {
    throw new ConnectionError(`${key} (${variable}) must be a number of seconds from ${least} to 86400.`);
  }
  return parsed.output;
}
