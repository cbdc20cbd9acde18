import * as v from "valibot";
import { holdsSecret } from "../shared/redact";
import { sanitize } from "../shared/sanitize";
import { UserError } from "../shared/userError";
import type { CheckFailure } from "./resource";
import { UNKNOWN } from "./unknown";
import { unknownArguments } from "./unknownArguments";

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

/** Maximum number of characters of an invalid value that a message repeats. */
const MAX_VALUE_CHARACTERS = 60;

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
  if (looksSecret(given)) return { property: "", reason: `${property}: ${reason}` };
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

/** A schema's message: the invalid value and what to use instead. @param remedy starts with an imperative. */
export function invalid(remedy: string): (issue: v.BaseIssue<unknown>) => string {
  return ({ input }) => `is ${formatValue(input)}; ${remedy}`;
}

/** A string that matches a pattern and does not contain a secret. */
export function stringMatching(pattern: RegExp, remedy: string) {
  const message = invalid(remedy);
  return v.pipe(v.string(message), v.regex(pattern, message), v.check(isNotSecret, message));
}

/** The same schema for an argument that may be left out: absent and null are the same. */
export function optional<const TOutput>(schema: v.GenericSchema<unknown, TOutput>) {
  return v.pipe(
    v.nullish(schema),
    v.transform((value) => value ?? undefined),
  );
}

export function isNotSecret(text: string): boolean {
  return !holdsSecret(text);
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

/** An invalid value as a message repeats it, unless it looks like a secret that was pasted by mistake. */
export function formatValue(value: unknown): string {
  if (value === undefined) return "missing";
  if (looksSecret(value)) return "something that looks like a key";
  const text = sanitize(JSON.stringify(value));
  return text.length > MAX_VALUE_CHARACTERS ? `${text.slice(0, MAX_VALUE_CHARACTERS)}…` : text;
}

function looksSecret(value: unknown): boolean {
  return holdsSecret(JSON.stringify([value]));
}
