import * as v from "valibot";
import { ID } from "../api/id";
import { DEFAULT_CONNECTION } from "../settings/settings";
import { holdsSecret } from "../shared/redact";
import { sanitize } from "../shared/sanitize";

/** Maximum number of characters of an invalid value that a message repeats. */
const MAX_VALUE_CHARACTERS = 60;

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

/** The id of a certificate. */
export const certificateIdSchema = v.pipe(
  v.string(invalidId("an id is a string")),
  v.nonEmpty(invalidId("an id is not empty")),
  v.check((id) => !/\s/.test(id), invalidId("an id has no white space")),
  v.check(isNotSecret, invalidId("a key is not an id", ", and revoke the key if anybody else has seen it")),
  v.regex(ID, invalidId("it has a character that no id has")),
);

export const projectIdSchema = stringMatching(
  ID,
  "use a project id as shown in the dashboard, such as proj_abc123",
);

/** The namespace of the settings. The default one is the same as none. */
export const connectionSchema = v.pipe(
  optional(
    stringMatching(
      ID,
      'use the namespace of its settings in the stack\'s configuration, such as "acme" for acme:adminKey',
    ),
  ),
  v.transform((connection) => (connection === DEFAULT_CONNECTION ? undefined : connection)),
);

function invalidId(problem: string, more = ""): (issue: v.BaseIssue<unknown>) => string {
  const remedy = `use an id as shown in the dashboard, such as cert_abc123${more}`;
  return ({ input }) => `is ${formatValue(input)}: ${problem}; ${remedy}`;
}

function isNotSecret(text: string): boolean {
  return !holdsSecret(text);
}

/** An invalid value as a message repeats it, unless it looks like a secret that was pasted by mistake. */
function formatValue(value: unknown): string {
  if (value === undefined) return "missing";
  if (looksSecret(value)) return "something that looks like a key";
  const text = sanitize(JSON.stringify(value));
  return text.length > MAX_VALUE_CHARACTERS ? `${text.slice(0, MAX_VALUE_CHARACTERS)}…` : text;
}

export function looksSecret(value: unknown): boolean {
  return holdsSecret(JSON.stringify([value]));
}
