/** The structure of a type, without names and descriptions: what TypeScript's types and the schema have in common. */
export type Shape = string | { readonly list: Shape } | { readonly map: Shape } | Properties;

/** The properties of an object by name. The name of an optional property ends with `?`. */
export interface Properties {
  readonly properties: Readonly<Record<string, Shape>>;
}

/** A string that can have only these values. */
export function enumShape(values: readonly string[]): Shape {
  return [...values]
    .sort()
    .map((value) => JSON.stringify(value))
    .join(" | ");
}

export function objectShape(properties: readonly (readonly [string, Shape])[]): Properties {
  return { properties: Object.fromEntries([...properties].sort(([a], [b]) => (a < b ? -1 : 1))) };
}
