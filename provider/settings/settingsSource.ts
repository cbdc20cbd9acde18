/** Where the settings of this process come from, which decides what messages call them. */
export type SettingsSource =
  /** The stack's configuration and the environment. */
  | { readonly kind: "stack" }
  /** The arguments of a provider that the program declares. The environment does not apply: it may be another organization's. */
  | { readonly kind: "provider"; readonly name: string };

export const STACK: SettingsSource = { kind: "stack" };

let current: SettingsSource = STACK;

/** Sets where the settings of this process come from. */
export function setSettingsSource(source: SettingsSource): void {
  current = source;
}

export function settingsSource(): SettingsSource {
  return current;
}
