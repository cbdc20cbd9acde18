import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../../engine/packages";
import { enumShape, objectShape } from "./shape";
import type { Properties, Shape } from "./shape";

/** The part of Pulumi's package schema that this provider uses. */
export interface PackageSchema {
  readonly name: string;
  readonly version: string;
  readonly config: { readonly variables: Readonly<Record<string, PropertySchema>> };
  readonly provider: {
    readonly inputProperties: Readonly<Record<string, PropertySchema>>;
    readonly requiredInputs: readonly string[];
  };
  readonly types: Readonly<Record<string, TypeSchema>>;
  readonly resources: Readonly<Record<string, ResourceSchema>>;
  readonly functions: Readonly<Record<string, FunctionSchema>>;
}

export interface PropertySchema {
  readonly type?: string;
  readonly $ref?: string;
  readonly items?: PropertySchema;
  readonly additionalProperties?: PropertySchema;
  readonly description?: string;
  readonly secret?: boolean;
  readonly language?: { readonly csharp?: { readonly name?: string } };
}

export interface ObjectSchema {
  readonly properties?: Readonly<Record<string, PropertySchema>>;
  readonly required?: readonly string[];
}

export interface TypeSchema extends ObjectSchema {
  readonly description?: string;
  readonly enum?: readonly { readonly value: string }[];
}

export interface ResourceSchema extends ObjectSchema {
  readonly description: string;
  readonly inputProperties: Readonly<Record<string, PropertySchema>>;
  readonly requiredInputs: readonly string[];
  readonly aliases: readonly { readonly type: string }[];
}

export interface FunctionSchema {
  readonly description: string;
  readonly inputs: ObjectSchema;
  readonly outputs: ObjectSchema;
}

export const TOKEN_PREFIX = "openai-certificates:index:";

export const schema = JSON.parse(
  readFileSync(join(REPOSITORY, "provider/plugin/schema.json"), "utf8"),
) as PackageSchema;

/** The shape of an object, with the types that it refers to. */
export function shapeOfObject({ properties = {}, required = [] }: ObjectSchema): Properties {
  return objectShape(
    Object.entries(properties).map(([name, property]) => [
      required.includes(name) ? name : `${name}?`,
      shapeOfProperty(property),
    ]),
  );
}

function shapeOfProperty({ type, $ref, items, additionalProperties }: PropertySchema): Shape {
  if ($ref !== undefined) {
    const referenced = typeOf($ref);
    return referenced.enum ? enumShape(referenced.enum.map(({ value }) => value)) : shapeOfObject(referenced);
  }
  if (items) return { list: shapeOfProperty(items) };
  if (additionalProperties) return { map: shapeOfProperty(additionalProperties) };
  return type ?? "missing";
}

/** @throws Error when the schema refers to a type that it does not define. */
function typeOf($ref: string): TypeSchema {
  const found = schema.types[$ref.replace("#/types/", "")];
  if (!found) throw new Error(`the schema does not define ${$ref}`);
  return found;
}
