import * as v from "valibot";
import { unknownArgument } from "../shared/nearestName";
import { UserError } from "../shared/userError";
import { looksSecret } from "./argumentSchemas";
import { UNKNOWN } from "./resource";
import type { CheckFailure, Properties } from "./resource";

/** Arguments of which any may be unknown during a preview. */
export type MaybeUnknown<T> = { readonly [K in keyof T]: T[K] | typeof UNKNOWN };

/** A schema for each argument. None is given an unknown value: that passes. */
export type Schemas<T> = {
  readonly [K in keyof T]: v.GenericSchema<unknown, T[K] | typeof UNKNOWN>;
};

/** The normalized inputs, or why they are invalid. */
export type Checked<T> =
  | { readonly inputs: MaybeUnknown<T>; readonly failures?: never }
  | { readonly inputs?: never; readonly failures: CheckFailure[] };

/** Arguments into which a private key may be pasted by mistake, without looking like one as a whole. */
const MAY_HOLD_SECRETS: ReadonlySet<string> = new Set(["clients"]);

/**
 * Validates a program's arguments, with one failure for each invalid or unknown property. Absent arguments stay absent.
 */
export function validateAll<T>(schemas: Schemas<T>, news: Readonly<Record<string, unknown>>): Checked<T> {
  const failures = [...unknownArguments(news, Object.keys(schemas))];
  const inputs: Record<string, unknown> = {};
  for (const [property, schema] of Object.entries<v.GenericSchema>(schemas)) {
    const given = news[property];
    // One problem for each value is enough.
    const parsed = v.safeParse(given === UNKNOWN ? v.unknown() : schema, given, { abortPipeEarly: true });
    if (!parsed.success) failures.push(failure(property, given, formatIssues(property, parsed.issues)));
    else if (parsed.output !== undefined) inputs[property] = parsed.output;
  }
  return failures.length > 0 ? { failures } : { inputs: inputs as MaybeUnknown<T> };
}

/**
 * The engine prints the value of a property that fails: for one that may be a secret none is named, nor for a missing
 * one, which it would print as `{<nil>}`.
 */
function failure(property: string, given: unknown, reason: string): CheckFailure {
  if (MAY_HOLD_SECRETS.has(property) || looksSecret(given))
    return { property: "", reason: `${property}: ${reason}` };
  return given === undefined ? { property: "", reason: `${property} ${reason}` } : { property, reason };
}

/** The problems of one property. Those of its elements start with their position, such as `certificateIds[1]`. */
function formatIssues(property: string, issues: readonly v.BaseIssue<unknown>[]): string {
  return issues
    .map((issue) => {
      const index = v.getDotPath(issue);
      return index === null ? issue.message : `${property}[${index}] ${issue.message}`;
    })
    .join("; ");
}

/** Inputs that are all known, as they are during an update. @throws Error when one is unknown or invalid. */
export function allKnown<T extends object>({ inputs, failures }: Checked<T>): T {
  if (failures) throw new UserError(formatFailures(failures));
  const unknown = Object.entries(inputs).find(([, value]) => value === UNKNOWN);
  if (unknown) throw new UserError(`${unknown[0]} is still unknown during the update. No changes were made.`);
  return inputs as T;
}

/** Failures as one sentence. */
export function formatFailures(failures: readonly CheckFailure[]): string {
  return failures.map(({ property, reason }) => `${property} ${reason}`.trim()).join("; ");
}

/** What the SDK and the engine add to the arguments, such as `__provider`. */
const INTERNAL = "__";

/** A failure for each argument that does not exist. */
function unknownArguments(given: Properties, known: readonly string[]): readonly CheckFailure[] {
  return (
    Object.keys(given)
      .filter((name) => !known.includes(name) && !name.startsWith(INTERNAL))
      // The engine prints the value of a property that is named, and nothing is known about this one.
      .map((name) => ({ property: "", reason: unknownArgument(name, known) }))
  );
}
