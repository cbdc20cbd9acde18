import type { EnforcementPolicy } from "../activation/plan";
import { DEFAULT_CONNECTION } from "../settings/settings";
import { holdsSecret } from "../shared/redact";
import { byId, type StateById } from "../activation/state";
import {
  type Checked,
  type Validated,
  validateAll,
  type Validators,
  oneOf,
  optional,
  formatValue,
  stringMatching,
} from "./validation";
import { UNKNOWN } from "./unknown";

/** What `check` hands to the engine: ids as a map, because the engine shows a changed map exactly. */
export interface ActivationInputs {
  /** A map keyed by id; unknown as a whole when any id is not known before the apply. */
  readonly certificateIds: StateById;
  readonly exclusive: boolean;
  readonly enforcementChange: EnforcementPolicy;
  readonly expiryWarningDays: number;
  /** The project whose certificates these are; absent for the organization. */
  readonly projectId?: string | undefined;
  /** The namespace of the settings to speak with; absent for the default one. */
  readonly connection?: string | undefined;
}

/** The kinds of scope that a resource can speak of. */
export type ScopeKind = "organization" | "project";

/** Ids are made of these, as far as any was ever seen; anything else is a slip of the pen. */
const ID = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;

/** Days before a certificate's end from which it is warned about, unless the program says otherwise. */
export const DEFAULT_EXPIRY_WARNING_DAYS = 30;

/** Most days that may be asked for: a hundred years. */
const MAX_EXPIRY_WARNING_DAYS = 36_525;

const validateNamespace = optional(
  stringMatching(
    ID,
    'give the namespace of its settings in the stack\'s configuration, such as "acme" for acme:adminKey',
  ),
);

/** The default connection is as good as none. */
export function validateConnection(given: unknown): Validated<string | undefined> {
  return validateNamespace(given === DEFAULT_CONNECTION ? undefined : given);
}

const ACTIVATION: Omit<Validators<ActivationInputs>, "projectId"> = {
  certificateIds: validateCertificateIds,
  exclusive: oneOf([true, false], false),
  enforcementChange: oneOf(["warn", "refuse"], "warn"),
  expiryWarningDays: validateDays,
  connection: validateConnection,
};

const VALIDATORS: Readonly<Record<ScopeKind, Validators<ActivationInputs>>> = {
  organization: { ...ACTIVATION, projectId: () => ({ value: undefined }) },
  project: {
    projectId: stringMatching(ID, "give a project's id as the dashboard shows it, such as proj_abc123"),
    ...ACTIVATION,
  },
};

/** Checks a program's arguments, with one failure for each bad property, and normalizes them. */
export function checkInputs(
  kind: ScopeKind,
  news: Readonly<Record<string, unknown>>,
): Checked<ActivationInputs> {
  return validateAll(VALIDATORS[kind], news);
}

/** The ids of a program's list that are known before the apply, and how many are not. */
export interface KnownIds {
  readonly ids: ReadonlySet<string>;
  readonly unknown: number;
  /** Where an id stands first in the program's list, from 0. */
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

function validateCertificateIds(given: unknown): Validated<StateById | typeof UNKNOWN> {
  const elements = elementsOf(given);
  if (!elements) {
    return {
      reason: `is ${formatValue(given)}; give the list of the certificate ids that are to be active, [] for none`,
    };
  }
  const problems = elements.flatMap((element, index) => {
    const problem = problemOf(element);
    return problem === undefined ? [] : [`certificateIds[${index}] is ${formatValue(element)}: ${problem}`];
  });
  if (problems.length > 0) return { reason: problems.join("; ") };
  if (elements.includes(UNKNOWN)) return { value: UNKNOWN };
  const ids = elements.filter((element) => typeof element === "string");
  return { value: byId(ids, "active") };
}

/** `ignoreChanges` hands back what an earlier check has made: the map. */
function elementsOf(given: unknown): readonly unknown[] | undefined {
  if (Array.isArray(given)) return given as readonly unknown[];
  return typeof given === "object" && given !== null ? Object.keys(given) : undefined;
}

function problemOf(element: unknown): string | undefined {
  const remedy = "give an id as the dashboard shows it, such as cert_abc123";
  if (element === UNKNOWN) return undefined;
  if (typeof element !== "string") return `an id is a string; ${remedy}`;
  if (element === "") return `an id is not empty; ${remedy}`;
  if (/\s/.test(element)) return `an id has no white space; ${remedy}`;
  if (holdsSecret(element)) return `a key is no id; ${remedy}, and revoke the key if it was shown to anybody`;
  return ID.test(element) ? undefined : `it has a character that no id has; ${remedy}`;
}

function validateDays(given: unknown): Validated<number> {
  if (given === undefined || given === null) return { value: DEFAULT_EXPIRY_WARNING_DAYS };
  if (typeof given === "number" && given >= 0 && given <= MAX_EXPIRY_WARNING_DAYS) return { value: given };
  return { reason: `is ${formatValue(given)}; give a number of days from 0 to ${MAX_EXPIRY_WARNING_DAYS}` };
}
