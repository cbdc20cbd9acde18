import { UserError } from "../shared/userError";
import type { dynamic } from "@pulumi/pulumi";
import { sanitize } from "../shared/sanitize";
import { holdsSecret } from "../shared/redact";
import { UNKNOWN } from "./unknown";

/** An argument's normalized value, or why it cannot be used and what to do, as the end of a sentence. */
export type Validated<T> = { readonly value: T } | { readonly reason: string };

/** One judge for each argument. None sees an unknown value: that passes. */
export type Validators<T> = {
  readonly [K in keyof T]-?: (given: unknown) => Validated<T[K] | typeof UNKNOWN>;
};

/** Arguments of which any may be unknown before the apply. */
export type MaybeUnknown<T> = { readonly [K in keyof T]: T[K] | typeof UNKNOWN };

/** The normalized inputs, or what is wrong with them. */
export type Checked<T> =
  | { readonly inputs: MaybeUnknown<T>; readonly failures?: never }
  | { readonly inputs?: never; readonly failures: dynamic.CheckFailure[] };

/** Most characters of a wrong value that are repeated. */
const MAX_VALUE_CHARACTERS = 60;

/** Checks a program's arguments, with one failure for each bad property. Arguments that are absent stay so. */
export function validateAll<T>(judges: Validators<T>, news: Readonly<Record<string, unknown>>): Checked<T> {
  const failures: dynamic.CheckFailure[] = [];
  const inputs: Record<string, unknown> = {};
  for (const property of Object.keys(judges) as (keyof T & string)[]) {
    const given = news[property];
    const judged = given === UNKNOWN ? { value: UNKNOWN } : judges[property](given);
    if ("reason" in judged) failures.push(failure(property, given, judged.reason));
    else if (judged.value !== undefined) inputs[property] = judged.value;
  }
  return failures.length > 0 ? { failures } : { inputs: inputs as MaybeUnknown<T> };
}

/** The engine prints the value of a property that fails, so what may be a secret is failed without naming one. */
function failure(property: string, given: unknown, reason: string): dynamic.CheckFailure {
  return looksSecret(given) ? { property: "", reason: `${property}: ${reason}` } : { property, reason };
}

/** Accepts one of a few values; an argument that is absent is the fallback. */
export function oneOf<const T>(allowed: readonly T[], fallback: T): (given: unknown) => Validated<T> {
  return (given) => {
    if (given === undefined || given === null) return { value: fallback };
    const found = allowed.find((value) => value === given);
    if (found !== undefined) return { value: found };
    const choice = allowed.map((value) => JSON.stringify(value)).join(" or ");
    return { reason: `is ${formatValue(given)}; give ${choice}` };
  };
}

/** Accepts a text of a form, or its absence. */
export function optional(
  judge: (given: unknown) => Validated<string>,
): (given: unknown) => Validated<string | undefined> {
  return (given) => (given === undefined || given === null ? { value: undefined } : judge(given));
}

/** Accepts a text of a form. @param remedy what to give instead, as an imperative. */
export function stringMatching(form: RegExp, remedy: string): (given: unknown) => Validated<string> {
  return (given) =>
    typeof given === "string" && form.test(given) && !holdsSecret(given)
      ? { value: given }
      : { reason: `is ${formatValue(given)}; ${remedy}` };
}

/** Inputs that are all known, as they are at an apply. @throws Error when one is unknown or wrong. */
export function allKnown<T extends object>({ inputs, failures }: Checked<T>): T {
  if (failures) throw new UserError(formatFailures(failures));
  const unknown = Object.entries(inputs).find(([, value]) => value === UNKNOWN);
  if (unknown) throw new UserError(`${unknown[0]} is still unknown at the apply; nothing was changed`);
  return inputs as T;
}

/** Failures as one sentence. */
export function formatFailures(failures: readonly dynamic.CheckFailure[]): string {
  return failures.map(({ property, reason }) => `${property} ${reason}`.trim()).join("; ");
}

/** A wrong value as it is repeated to its author; not when it looks like a secret that was pasted by mistake. */
export function formatValue(value: unknown): string {
  if (value === undefined) return "missing";
  if (looksSecret(value)) return "something that looks like a key";
  const text = sanitize(JSON.stringify(value));
  return text.length > MAX_VALUE_CHARACTERS ? `${text.slice(0, MAX_VALUE_CHARACTERS)}…` : text;
}

function looksSecret(value: unknown): boolean {
  return holdsSecret(JSON.stringify([value]));
}
