/** The namespace of the settings of resources without the argument `connection`: the package's own name. */
export const DEFAULT_CONNECTION = "openai-certificates";

/**
 * Each setting and its environment variable, which applies to the default connection if the configuration has no
 * value.
 */
export const SETTINGS = {
  adminKey: "OPENAI_ADMIN_KEY",
  baseUrl: "OPENAI_BASE_URL",
  organization: "OPENAI_ORG_ID",
  clientCertificate: "OPENAI_MTLS_CERT_CHAIN",
  clientKey: "OPENAI_MTLS_KEY",
  clientKeyPassphrase: "OPENAI_MTLS_KEY_PASSPHRASE",
  caBundle: "OPENAI_CA_BUNDLE",
  timeoutSeconds: "OPENAI_TIMEOUT_SECONDS",
  retryTimeoutSeconds: "OPENAI_RETRY_TIMEOUT_SECONDS",
  verifyInPreview: "OPENAI_VERIFY_IN_PREVIEW",
} as const;

export type Setting = keyof typeof SETTINGS;

/** Settings whose leading and trailing white space is kept. It is removed from all others. */
const VERBATIM: ReadonlySet<Setting> = new Set(["clientKeyPassphrase"]);

/**
 * Settings that decide which organization a key is sent to. If the configuration has the key, their environment variables
 * do not apply: a machine may set these for other tools, such as `OPENAI_BASE_URL` for a gateway.
 */
const ADDRESS: readonly Setting[] = ["baseUrl", "organization"];

/** The value of a setting, and its name in error messages. */
export interface GivenSetting {
  readonly name: string;
  readonly value: string;
}

/**
 * The names of settings of a connection in messages, such as "acme:clientCertificate and acme:clientKey".
 * @param form whether to name the environment variables, too, where they apply.
 */
export type NameSettings = (settings: readonly Setting[], form?: "with environment") => string;

/** Reads one key of the configuration, such as `openai-certificates:baseUrl`. */
export type ReadConfig = (key: string) => string | undefined;

/** Where settings come from, which decides what messages call them. */
export type SettingsSource =
  /** The stack's configuration, and then the environment. */
  | { readonly kind: "stack" }
  /** The arguments of a command, and then the environment: `pulumi do` runs without a program. */
  | { readonly kind: "command" }
  /** The environment alone: those of a command. */
  | { readonly kind: "environment" }
  /** The arguments of a provider that the program declares. The environment does not apply: it may be another organization's. */
  | { readonly kind: "provider"; readonly name: string };

export const STACK: SettingsSource = { kind: "stack" };
export const ENVIRONMENT: SettingsSource = { kind: "environment" };

/** The settings of one connection, as text. */
export class Settings {
  /**
   * @param connection The namespace of the configuration keys. Only the default connection reads the environment, and
   * only if its settings are not those of a provider of the program.
   */
  constructor(
    private readonly config: ReadConfig,
    private readonly environment: NodeJS.ProcessEnv,
    readonly connection: string = DEFAULT_CONNECTION,
    readonly source: SettingsSource = STACK,
  ) {}

  /** @returns undefined when the setting is missing or empty. */
  find(setting: Setting): GivenSetting | undefined {
    const value = this.configured(setting) ?? this.fromEnvironment(setting);
    return value === undefined ? undefined : { name: this.nameOf(setting), value };
  }

  /** The environment variables that are set and do not apply, although the configuration has no value instead. */
  get ignoredVariables(): readonly string[] {
    const ignored = ADDRESS.filter((setting) => !this.reads(setting) && !this.configured(setting));
    return ignored.flatMap((setting) => (this.variable(setting) === undefined ? [] : [SETTINGS[setting]]));
  }

  /** The name of a setting in error messages, such as "openai-certificates:adminKey (OPENAI_ADMIN_KEY)". */
  nameOf(setting: Setting): string {
    return this.names([setting], "with environment");
  }

  /** A remedy must not configure another connection. */
  readonly names: NameSettings = (settings, form) =>
    this.isDefault
      ? nameSettings(this.source, settings, form)
      : settings.map((setting) => this.key(setting)).join(" and ");

  get isDefault(): boolean {
    return this.connection === DEFAULT_CONNECTION;
  }

  /** Whether environment variables apply. */
  get readsEnvironment(): boolean {
    return this.isDefault && this.source.kind !== "provider";
  }

  private key(setting: Setting): string {
    return `${this.connection}:${setting}`;
  }

  private configured(setting: Setting): string | undefined {
    return present(setting, this.config(this.key(setting)));
  }

  private fromEnvironment(setting: Setting): string | undefined {
    return this.reads(setting) ? this.variable(setting) : undefined;
  }

  /** Whether the environment variable of a setting applies. */
  private reads(setting: Setting): boolean {
    return !(ADDRESS.includes(setting) && this.configured("adminKey") !== undefined);
  }

  private variable(setting: Setting): string | undefined {
    return this.readsEnvironment ? present(setting, this.environment[SETTINGS[setting]]) : undefined;
  }
}

/** @returns undefined for a text that is missing or empty. */
function present(setting: Setting, text: string | undefined): string | undefined {
  const value = VERBATIM.has(setting) ? text : text?.trim();
  return value === "" ? undefined : value;
}

function nameSettings(
  source: SettingsSource,
  settings: readonly Setting[],
  form?: "with environment",
): string {
  if (source.kind === "environment") return settings.map((setting) => SETTINGS[setting]).join(" and ");
  if (source.kind === "provider")
    return `${settings.join(" and ")} of the provider ${JSON.stringify(source.name)}`;
  const namespace = source.kind === "stack" ? `${DEFAULT_CONNECTION}:` : "";
  const keys = settings.map((setting) => `${namespace}${setting}`).join(" and ");
  if (form === undefined) return keys;
  const variables = settings.map((setting) => SETTINGS[setting]).join(" and ");
  return `${keys} (${settings.length > 1 ? "or " : ""}${variables})`;
}

/** All settings of a connection as one text, for comparison. Contains secrets: never logged, never stored. */
export function settingsKey(settings: Settings): string {
  const names = Object.keys(SETTINGS) as Setting[];
  return JSON.stringify(names.map((name) => settings.find(name)?.value));
}
