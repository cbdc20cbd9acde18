import { AsyncLocalStorage } from "node:async_hooks";

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

/** The settings of a provider. */
export interface Configuration {
  readonly read: ReadConfig;
  readonly source: SettingsSource;
}

export const STACK: SettingsSource = { kind: "stack" };
export const ENVIRONMENT: SettingsSource = { kind: "environment" };

/** The settings of the provider that the current request is for, where one process serves several. */
const current = new AsyncLocalStorage<Configuration>();

let ofProcess: Configuration = { read: () => undefined, source: STACK };

/** Sets the settings of this process. */
export function configureProcess(configuration: Configuration): void {
  ofProcess = configuration;
}

/** Runs an operation with the settings of one provider, in a process that serves several. */
export function withConfiguration<T>(configuration: Configuration, operation: () => T): T {
  return current.run(configuration, operation);
}

/** The settings that apply to the current operation. */
export function configuration(): Configuration {
  return current.getStore() ?? ofProcess;
}

export function settingsSource(): SettingsSource {
  return configuration().source;
}
