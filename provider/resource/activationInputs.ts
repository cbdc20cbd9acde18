import * as v from "valibot";
import { byId } from "../activation/state";
import type { StateById } from "../activation/state";
import { validateAll } from "./arguments";
import type { Checked, Schemas } from "./arguments";
import { certificateIdSchema, connectionSchema, invalid, projectIdSchema } from "./argumentSchemas";
import { POLICY_SCHEMAS } from "./policies";
import type { Policies } from "./policies";
import { UNKNOWN } from "./resource";

/** What `check` returns to the engine: ids as a map, because the engine displays changes of a map exactly. */
export interface ActivationInputs extends Policies {
  /** A map keyed by id; unknown as a whole when any id is unknown during the preview. */
  readonly certificateIds: StateById;
  /** The project whose certificates these are; absent for the organization. */
  readonly projectId?: string | undefined;
  /** The namespace of the settings; absent for the default one. */
  readonly connection?: string | undefined;
}

/** The kinds of scope that a resource can manage. */
export type ScopeKind = "organization" | "project";

const certificateIds = v.pipe(
  v.unknown(),
  v.transform((given) => elementsOf(given) ?? given),
  v.array(certificateIdSchema, invalid("use a list of the certificate ids to keep active, or [] for none")),
  v.transform((ids) => (ids.includes(UNKNOWN) ? UNKNOWN : byId(ids, "active"))),
);

const ORGANIZATION_SCHEMAS: Schemas<ActivationInputs> = {
  certificateIds,
  ...POLICY_SCHEMAS,
  connection: connectionSchema,
};

const SCHEMAS: Readonly<Record<ScopeKind, Schemas<ActivationInputs>>> = {
  organization: ORGANIZATION_SCHEMAS,
  project: { projectId: projectIdSchema, ...ORGANIZATION_SCHEMAS },
};

/** Validates and normalizes a program's arguments, with one failure for each invalid property. */
export function checkInputs(
  kind: ScopeKind,
  news: Readonly<Record<string, unknown>>,
): Checked<ActivationInputs> {
  return validateAll(SCHEMAS[kind], news);
}

/** The ids of a program's list that are known during the preview, and the number of unknown ones. */
export interface KnownIds {
  readonly ids: ReadonlySet<string>;
  readonly unknown: number;
  /** Whether nothing is known of the list, not even its length. */
  readonly isUnknown: boolean;
  /** The first position of an id in the program's list, from 0. */
  readonly positionOf: (id: string) => number;
}

export function knownIds(given: unknown): KnownIds {
  const isUnknown = given === UNKNOWN;
  const elements = elementsOf(given) ?? [UNKNOWN];
  const known = elements.filter((element) => typeof element === "string" && element !== UNKNOWN) as string[];
  return {
    ids: new Set(known),
    unknown: elements.length - known.length,
    isUnknown,
    positionOf: (id) => elements.indexOf(id),
  };
}

/** With `ignoreChanges`, the engine passes the map that an earlier check has returned. */
function elementsOf(given: unknown): readonly unknown[] | undefined {
  if (Array.isArray(given)) return given as readonly unknown[];
  return typeof given === "object" && given !== null ? Object.keys(given) : undefined;
}
