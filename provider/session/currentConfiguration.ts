import { AsyncLocalStorage } from "node:async_hooks";
import { STACK } from "../settings/settings";
import type { ReadConfig, SettingsSource } from "../settings/settings";

/** The settings of a provider. */
export interface Configuration {
  readonly read: ReadConfig;
  readonly source: SettingsSource;
}

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
