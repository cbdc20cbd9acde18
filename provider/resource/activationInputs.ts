import * as v from "valibot";
import type { EnforcementPolicy } from "../activation/plan";
import { byId } from "../activation/state";
import type { StateById } from "../activation/state";
import { ID } from "../api/id";
import { DEFAULT_CONNECTION } from "../settings/settings";
import { UNKNOWN } from "./unknown";
import { formatValue, invalid, isNotSecret, optional, stringMatching, validateAll } from "./validation";
import type { Checked, Schemas } from "./validation";

/** What `check` returns to the engine: ids as a map, because the engine displays changes of a map exactly. */
export interface ActivationInputs {
  /** A map keyed by id; unknown as a whole when any id is unknown during the preview. */
  readonly certificateIds: StateById;
  readonly exclusive: boolean;
  readonly enforcementChange: EnforcementPolicy;
  readonly expiryWarningDays: number;
  /** The project whose certificates these are; absent for the organization. */
  readonly projectId?: string | undefined;
  /** The namespace of the settings; absent for the default one. */
  readonly connection?: string | undefined;
}

/** The kinds of scope that a resource can manage. */
export type ScopeKind = "organization" | "project";

/** Days before its expiry from which a certificate causes a warning, unless the program sets another number. */
export const DEFAULT_EXPIRY_WARNING_DAYS = 30;

/** Maximum of `expiryWarningDays`: a hundred years. */
const MAX_EXPIRY_WARNING_DAYS = 36_525;

const namespace = stringMatching(
  ID,
  'use the namespace of its settings in the stack\'s configuration, such as "acme" for acme:adminKey',
);

/** The default connection is the same as none. */
export const connectionSchema = v.pipe(
  optional(namespace),
  v.transform((connection) => (connection === DEFAULT_CONNECTION ? undefined : connection)),
);

const certificateId = v.pipe(
  v.string(invalidId("an id is a string")),
  v.nonEmpty(invalidId("an id is not empty")),
  v.check((id) => !/\s/.test(id), invalidId("an id has no white space")),
  v.check(isNotSecret, invalidId("a key is not an id", ", and revoke the key if anybody else has seen it")),
  v.regex(ID, invalidId("it has a character that no id has")),
);

const certificateIds = v.pipe(
  v.unknown(),
  v.transform((given) => elementsOf(given) ?? given),
  v.array(certificateId, invalid("use a list of the certificate ids to keep active, or [] for none")),
  v.transform((ids) => (ids.includes(UNKNOWN) ? UNKNOWN : byId(ids, "active"))),
);

const days = invalid(`use a number of days from 0 to ${MAX_EXPIRY_WARNING_DAYS}`);

export const projectIdSchema = stringMatching(
  ID,
  "use a project id as shown in the dashboard, such as proj_abc123",
);

const ACTIVATION: Schemas<ActivationInputs> = {
  certificateIds,
  exclusive: v.nullish(v.boolean(invalid("use true or false")), false),
  enforcementChange: v.nullish(v.picklist(["warn", "refuse"], invalid('use "warn" or "refuse"')), "warn"),
  expiryWarningDays: v.nullish(
    v.pipe(v.number(days), v.minValue(0, days), v.maxValue(MAX_EXPIRY_WARNING_DAYS, days)),
    DEFAULT_EXPIRY_WARNING_DAYS,
  ),
  connection: connectionSchema,
};

const SCHEMAS: Readonly<Record<ScopeKind, Schemas<ActivationInputs>>> = {
  organization: ACTIVATION,
  project: {
    projectId: projectIdSchema,
    ...ACTIVATION,
  },
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
  /** The first position of an id in the program's list, from 0. */
  positionOf(id: string): number;
}

export function knownIds(given: unknown): KnownIds {
  const elements = elementsOf(given) ?? [UNKNOWN];
  const known = elements.filter((element) => typeof element === "string" && element !== UNKNOWN) as string[];
  return {
    ids: new Set(known),
    unknown: elements.length - known.length,
    positionOf: (id) => elements.indexOf(id),
  };
}

/** With `ignoreChanges`, the engine passes the map that an earlier check has returned. */
function elementsOf(given: unknown): readonly unknown[] | undefined {
  if (Array.isArray(given)) return given as readonly unknown[];
  return typeof given === "object" && given !== null ? Object.keys(given) : undefined;
}

/** The message for an invalid element of `certificateIds`. */
function invalidId(problem: string, more = ""): (issue: v.BaseIssue<unknown>) => string {
  const remedy = `use an id as shown in the dashboard, such as cert_abc123${more}`;
  return ({ input }) => `is ${formatValue(input)}: ${problem}; ${remedy}`;
}
