/** Reads one key of the stack's configuration, such as `openai:baseUrl`. */
export type ReadConfig = (key: string) => string | undefined;

/** Where each setting comes from. The stack's configuration wins over the environment. */
export const SETTINGS = {
  adminKey: { key: "openai:adminKey", variable: "OPENAI_ADMIN_KEY" },
  baseUrl: { key: "openai:baseUrl", variable: "OPENAI_BASE_URL" },
  organization: { key: "openai:organization", variable: "OPENAI_ORG_ID" },
  clientCertificate: { key: "openai:clientCertificate", variable: "OPENAI_MTLS_CERT_CHAIN" },
  clientKey: { key: "openai:clientKey", variable: "OPENAI_MTLS_KEY" },
  clientKeyPassphrase: { key: "openai:clientKeyPassphrase", variable: "OPENAI_MTLS_KEY_PASSPHRASE" },
  caBundle: { key: "openai:caBundle", variable: "OPENAI_CA_BUNDLE" },
  timeoutSeconds: { key: "openai:timeoutSeconds", variable: "OPENAI_TIMEOUT_SECONDS" },
  retryTimeoutSeconds: { key: "openai:retryTimeoutSeconds", variable: "OPENAI_RETRY_TIMEOUT_SECONDS" },
} as const;

export type Setting = (typeof SETTINGS)[keyof typeof SETTINGS];

/** A setting as errors call it. */
export function settingName({ key, variable }: Setting): string {
  return `${key} (${variable})`;
}

/** A setting that was given, and how errors call it. */
export interface Given {
  readonly name: string;
  readonly value: string;
}

/** Finds a setting; undefined when it is given nowhere, or is empty. */
export type FindSetting = (setting: Setting) => Given | undefined;

export function settingsFrom(config: ReadConfig, environment: NodeJS.ProcessEnv): FindSetting {
  return (setting) => {
    const values = [config(setting.key), environment[setting.variable]].map((value) => value?.trim());
    const value = values.find((text) => text);
    return value === undefined ? undefined : { name: settingName(setting), value };
  };
}
