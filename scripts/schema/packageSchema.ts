/** The part of Pulumi's package schema that this package uses. */
export interface PackageSchema {
  readonly name: string;
  readonly version: string;
  readonly config: { readonly variables: PropertySchemas };
  readonly provider: {
    readonly description: string;
    readonly inputProperties: PropertySchemas;
    readonly requiredInputs: readonly string[];
  };
  readonly types: Readonly<Record<string, TypeSchema>>;
  readonly resources: Readonly<Record<string, ResourceSchema>>;
  readonly functions: Readonly<Record<string, FunctionSchema>>;
}

export type PropertySchemas = Readonly<Record<string, PropertySchema>>;

/** A type, by its name or by a reference to a type of the schema. */
export type TypeReference =
  | { readonly type: "string" | "number" | "boolean" }
  | { readonly type: "array"; readonly items: TypeReference }
  | { readonly type: "object"; readonly additionalProperties: TypeReference }
  | { readonly $ref: string };

export type PropertySchema = TypeReference & {
  readonly description: string;
  readonly secret?: boolean;
  readonly willReplaceOnChanges?: boolean;
  readonly language?: { readonly csharp: { readonly name: string } };
};

export interface ObjectSchema {
  readonly properties: PropertySchemas;
  readonly required: readonly string[];
}

export type TypeSchema =
  | ({ readonly type: "object"; readonly description: string } & ObjectSchema)
  | { readonly type: "string"; readonly description: string; readonly enum: readonly EnumValue[] };

export interface EnumValue {
  readonly name: string;
  readonly value: string;
  readonly description: string;
}

export interface ResourceSchema extends ObjectSchema {
  readonly description: string;
  readonly inputProperties: PropertySchemas;
  readonly requiredInputs: readonly string[];
  /** What may be given to list the existing resources of this type. */
  readonly listInputs: ObjectSchema;
  readonly aliases: readonly { readonly type: string }[];
}

export interface FunctionSchema {
  readonly description: string;
  readonly inputs: { readonly properties: PropertySchemas };
  readonly outputs: ObjectSchema;
}
