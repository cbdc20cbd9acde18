/** What is measured: the provider of a checkout, or a resource that does nothing. */
export interface Subject {
  readonly name: string;
  readonly kind: "empty" | "provider" | "plugin";
  /** The checkout that the package comes from; this repository unless given. */
  readonly checkout?: string;
}

/** The floor: what the engine, the language host and a dynamic provider cost by themselves. */
export const EMPTY: Subject = { name: "Empty resource", kind: "empty" };

export const PROVIDER: Subject = { name: "Provider", kind: "provider" };

/** The same resources, run by the plugin as it is released. */
export const PLUGIN: Subject = { name: "Plugin", kind: "plugin" };

/** @param checkout another checkout of this repository, installed and built. */
export function comparedSubject(checkout: string): Subject {
  return { name: "Compared", kind: "provider", checkout };
}
