import { version } from "../../package.json";
import { OPTIONAL_POLICIES, POLICY_NAMES } from "../../provider/resource/policies";
import { SETTINGS } from "../../provider/settings/settings";
import type { Setting } from "../../provider/settings/settings";
import { exampleOf } from "./examples";
import type {
  FunctionSchema,
  ObjectSchema,
  PackageSchema,
  PropertySchema,
  ResourceSchema,
  TypeSchema,
} from "./packageSchema";
import { PublicTypeReader } from "./readTypes";
import type { PublicProperty } from "./readTypes";

const TOKEN_PREFIX = "openai-certificates:index:";

/** What TypeScript cannot express of a property, by its name. */
const PROPERTIES: Readonly<Record<string, Partial<PropertySchema>>> = {
  adminKey: { secret: true },
  clientKey: { secret: true },
  clientKeyPassphrase: { secret: true },
};

/** What TypeScript cannot express of the arguments and outputs of a resource. */
const RESOURCES = {
  OrgCertificateActivation: {},
  ProjectCertificateActivation: { projectId: { willReplaceOnChanges: true } },
  // C# does not allow a member with the name of its class.
  Certificate: { certificate: { willReplaceOnChanges: true, language: { csharp: { name: "Pem" } } } },
} as const;

/** How to import each resource. */
const IMPORTS: Readonly<Record<keyof typeof RESOURCES, string>> = {
  OrgCertificateActivation: importOf(
    "The id is always `organization`.",
    "OrgCertificateActivation mtls organization",
  ),
  ProjectCertificateActivation: importOf(
    "The id is that of the project.",
    "ProjectCertificateActivation checkout proj_abc",
  ),
  Certificate: importOf("The id is that of the certificate.", "Certificate gateway cert_abc"),
};

const FUNCTIONS = ["getCertificates", "getCertificate"] as const;

/** Types whose name in TypeScript is one that generators derive from a resource. */
const TYPE_NAMES: Readonly<Record<string, string>> = { CertificateState: "CertificateDetails" };

/** The values of an argument that has a fixed set of them, by the name of the argument. */
const VALUES: Readonly<Record<string, { readonly description: string; readonly values: Values }>> = {
  enforcementChange: {
    description: "What to do when an update would change enforcement.",
    values: {
      warn: "Log a warning and continue.",
      refuse: "Fail the preview, the update or the destroy before any change is made.",
    },
  },
  clientLockout: {
    description: "What to do when an update would lock out a known client.",
    values: {
      refuse:
        "Fail the preview where that is certain, and the update or the destroy before any change is made.",
      warn: "Log a warning and continue.",
    },
  },
};

type Values = Readonly<Record<string, string>>;

/** Composes the schema of the package: its structure and its descriptions are those of the TypeScript classes. */
export function composeSchema(): PackageSchema {
  const types = new Map<string, TypeSchema>();
  const define = (name: string, type: TypeSchema) => {
    const token = TOKEN_PREFIX + name;
    types.set(token, type);
    return { $ref: `#/types/${token}` };
  };
  const reader = new PublicTypeReader({
    object: (name, description, properties) =>
      define(TYPE_NAMES[name] ?? name, { type: "object", description, ...objectOf(properties) }),
    values: (property, values) => define(capitalized(property), valuesOf(property, values)),
  });
  const settings = objectOf(reader.properties("inputs", "Provider"));
  const resources = byToken(Object.keys(RESOURCES) as (keyof typeof RESOURCES)[], (name) =>
    resourceOf(reader, name),
  );
  const functions = byToken(FUNCTIONS, (name) => functionOf(reader, name));
  return {
    name: "openai-certificates",
    version,
    ...METADATA,
    config: { variables: configurationOf(settings.properties) },
    provider: {
      description: described(reader, "Provider"),
      inputProperties: settings.properties,
      // `pulumi do` reads the environment. A provider of a program without an admin key is rejected when it is used.
      requiredInputs: [],
    },
    types: Object.fromEntries(types),
    resources,
    functions,
    ...LANGUAGES,
  };
}

function resourceOf(reader: PublicTypeReader, name: keyof typeof RESOURCES): ResourceSchema {
  const more: Readonly<Record<string, Partial<PropertySchema>>> = RESOURCES[name];
  const inputs = objectOf(reader.properties("inputs", name), more);
  const declared = objectOf(reader.properties("outputs", name), more);
  // The classes of TypeScript have no outputs for the policies, which the state stores, too.
  const stored = POLICY_NAMES.filter((policy) => policy in inputs.properties);
  const outputs = { ...pick(inputs.properties, stored), ...declared.properties };
  return {
    description: `${described(reader, name)}\n\n${IMPORTS[name]}`,
    inputProperties: inputs.properties,
    requiredInputs: inputs.required,
    listInputs: objectOf(reader.properties("lists", name)),
    properties: withoutReplacement(outputs),
    required: [...stored.filter((policy) => !isOptional(policy)), ...declared.required],
    aliases: [{ type: `pulumi-nodejs:dynamic/openai-certificates:${name}` }],
  };
}

function functionOf(reader: PublicTypeReader, name: (typeof FUNCTIONS)[number]): FunctionSchema {
  const { properties } = objectOf(reader.properties("inputs", name));
  return {
    description: described(reader, name),
    inputs: { properties },
    outputs: objectOf(reader.properties("outputs", name)),
  };
}

/** The doc comment of a class or function, and an example in each language. */
function described(reader: PublicTypeReader, name: string): string {
  return `${reader.description(name)}\n\n${exampleOf(name)}`;
}

/** The stack's configuration: only a provider that a program creates ignores the environment. */
function configurationOf(settings: ObjectSchema["properties"]): ObjectSchema["properties"] {
  return Object.fromEntries(
    Object.entries(settings).map(([name, setting]) => [
      name,
      {
        ...setting,
        description: `${setting.description} Environment variable: \`${SETTINGS[name as Setting]}\`.`,
      },
    ]),
  );
}

function objectOf(
  properties: readonly PublicProperty[],
  more: Readonly<Record<string, Partial<PropertySchema>>> = PROPERTIES,
): ObjectSchema {
  return {
    properties: Object.fromEntries(
      properties.map(({ name, schema }) => [name, { ...schema, ...more[name] } as PropertySchema]),
    ),
    required: properties.filter(({ isOptional }) => !isOptional).map(({ name }) => name),
  };
}

/** @throws Error when a value has no description. */
function valuesOf(property: string, values: readonly string[]): TypeSchema {
  const known = VALUES[property];
  const undescribed = values.filter((value) => known?.values[value] === undefined);
  if (!known || undescribed.length > 0)
    throw new Error(`describe the values of ${property} in VALUES: ${undescribed.join(", ")}`);
  return {
    type: "string",
    description: known.description,
    enum: Object.entries(known.values).map(([value, description]) => ({
      name: capitalized(value),
      value,
      description,
    })),
  };
}

/** Outputs do not cause replacement. */
function withoutReplacement(properties: ObjectSchema["properties"]): ObjectSchema["properties"] {
  return Object.fromEntries(
    Object.entries(properties).map(([name, { willReplaceOnChanges, ...property }]) => [name, property]),
  );
}

function byToken<Name extends string, T>(names: readonly Name[], make: (name: Name) => T): Record<string, T> {
  return Object.fromEntries(names.map((name) => [TOKEN_PREFIX + name, make(name)]));
}

function pick<T>(record: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => names.includes(name)));
}

function importOf(id: string, example: string): string {
  return `## Import\n\n${id}\n\n\`\`\`sh\npulumi import ${TOKEN_PREFIX}${example}\n\`\`\``;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const METADATA = {
  displayName: "OpenAI certificates",
  description: "Manage the active mutual TLS (mTLS) certificates of an OpenAI organization as code.",
  keywords: [
    "pulumi",
    "openai",
    "mtls",
    "mutual-tls",
    "certificates",
    "client-certificates",
    "x509",
    "pki",
    "security",
    "category/cloud",
    "kind/native",
  ],
  publisher: "pulumi-openai-certificates",
  license: "Apache-2.0",
  meta: { supportPack: true },
} as const;

/** `respectSchemaVersion` makes an SDK name the version of the plugin that it was generated for. */
const LANGUAGES = {
  language: {
    nodejs: {
      packageName: "pulumi-openai-certificates-sdk",
      packageDescription:
        "Manage the active mutual TLS (mTLS) certificates of an OpenAI organization with Pulumi: generated classes for " +
        "the provider plugin.",
      dependencies: { "@pulumi/pulumi": "^3.216.0" },
      respectSchemaVersion: true,
    },
    python: {
      packageName: "pulumi_openai_certificates",
      requires: { pulumi: ">=3.216.0,<4.0.0" },
      pyproject: { enabled: true },
      inputTypes: "classes-and-dicts",
      respectSchemaVersion: true,
    },
    go: { respectSchemaVersion: true },
    csharp: {
      namespaces: { "openai-certificates": "OpenAICertificates" },
      packageReferences: { Pulumi: "3.*" },
      respectSchemaVersion: true,
    },
    java: { buildFiles: "gradle" },
  },
} as const;

function isOptional(policy: string): boolean {
  return OPTIONAL_POLICIES.some((optional) => optional === policy);
}
