import { isDeepStrictEqual } from "node:util";
import * as v from "valibot";
import { invalid, optional } from "./argumentSchemas";

/** Maximum of `expiryWarningDays`: a hundred years. */
const MAX_EXPIRY_WARNING_DAYS = 36_525;

const days = invalid(`use a number of days from 0 to ${MAX_EXPIRY_WARNING_DAYS}`);

/**
 * The arguments of an activation other than its certificates and where they are. The checked inputs, the state, the
 * outputs, the comparisons and the schema of the plugin all follow this record.
 */
const POLICIES = {
  exclusive: {
    schema: v.nullish(v.boolean(invalid("use true or false")), false),
    affectsCertificates: true,
  },
  enforcementChange: {
    schema: v.nullish(v.picklist(["warn", "refuse"], invalid('use "warn" or "refuse"')), "warn"),
    affectsCertificates: true,
  },
  expiryWarningDays: {
    schema: v.nullish(
      v.pipe(v.number(days), v.minValue(0, days), v.maxValue(MAX_EXPIRY_WARNING_DAYS, days)),
      30,
    ),
    affectsCertificates: false,
  },
  clients: {
    schema: v.pipe(
      optional(v.lazy(loadClientsSchema)),
      // An empty object is none.
      v.transform((clients) => (Object.keys(clients ?? {}).length === 0 ? undefined : clients)),
    ),
    affectsCertificates: true,
  },
  clientLockout: {
    schema: optional(v.picklist(["refuse", "warn"], invalid('use "refuse" or "warn"'))),
    affectsCertificates: false,
  },
} as const satisfies Readonly<Record<string, Policy>>;

interface Policy {
  /** Of the argument, and of the state that stores it. Absent values get the default. */
  readonly schema: v.GenericSchema;
  /** Whether a change of it may activate or deactivate certificates. Otherwise it only affects messages. */
  readonly affectsCertificates: boolean;
}

type PolicySchemas = { readonly [K in keyof typeof POLICIES]: (typeof POLICIES)[K]["schema"] };

/** Policies that are absent unless the program sets them: most programs know no clients. */
export const OPTIONAL_POLICIES = ["clients", "clientLockout"] as const;

type OptionalPolicy = (typeof OPTIONAL_POLICIES)[number];

/** The values of the policies. */
export type Policies = {
  readonly [K in Exclude<keyof PolicySchemas, OptionalPolicy>]: v.InferOutput<PolicySchemas[K]>;
} & { readonly [K in OptionalPolicy]?: v.InferOutput<PolicySchemas[K]> };

export type PolicyName = keyof Policies;

export const POLICY_NAMES = Object.keys(POLICIES) as readonly PolicyName[];

export const POLICY_SCHEMAS = Object.fromEntries(
  POLICY_NAMES.map((name) => [name, POLICIES[name].schema]),
) as PolicySchemas;

/** The policies among the properties of an activation. */
export function policiesOf<T extends Readonly<Partial<Record<PolicyName, unknown>>>>(
  properties: T,
): Pick<T, PolicyName> {
  const present = POLICY_NAMES.filter((name) => properties[name] !== undefined);
  return Object.fromEntries(present.map((name) => [name, properties[name]]));
}

/** The policies whose values differ. */
export function changedPolicies(
  before: Readonly<Partial<Record<PolicyName, unknown>>>,
  after: Readonly<Partial<Record<PolicyName, unknown>>>,
): readonly PolicyName[] {
  return POLICY_NAMES.filter((name) => !isDeepStrictEqual(before[name], after[name]));
}

/** Whether a change of a property may activate or deactivate certificates: any does, except policies that only affect messages. */
export function affectsCertificates(property: string): boolean {
  return !(property in POLICIES) || POLICIES[property as PolicyName].affectsCertificates;
}

/** Loads an ASN.1 library: most programs declare no clients. */
function loadClientsSchema() {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return (require("./clients/argument") as typeof import("./clients/argument")).clientsSchema;
}
