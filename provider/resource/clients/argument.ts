import * as v from "valibot";
import { parseClient } from "../../clients/knownClient";
import type { KnownClient } from "../../clients/knownClient";
import type { DeclaredClient } from "../../run/declaredClients";
import { holdsSecret } from "../../shared/redact";
import { sanitize } from "../../shared/sanitize";
import { UNKNOWN } from "../resource";

/** The clients of a program by their names, as the engine stores them: the certificates of each in one form. */
export type ClientsByName = Readonly<Record<string, string>>;

/** Maximum characters of a name: it is a cell of the report's table, and part of each message about the client. */
export const MAX_NAME_CHARACTERS = 64;

/** Characters of which a message would show nothing, or something else. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u;

const NAME_REMEDY = `use 1 to ${MAX_NAME_CHARACTERS} visible characters, such as "billing"`;
const REMEDY =
  'use an object with the certificates of each client by a name of your choice, such as { billing: readFileSync("billing.pem", "utf8") }';

/**
 * The argument `clients`. A message begins with the name of the client and never repeats any part of a certificate.
 * An element that is unknown during a preview stays unknown.
 */
export const clientsSchema = v.pipe(
  v.unknown(),
  v.rawTransform<unknown, ClientsByName>(({ dataset: { value }, addIssue, NEVER }) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      addIssue({ message: `is ${describeType(value)}; ${REMEDY}` });
      return NEVER;
    }
    const entries = Object.entries(value).map(([name, given]) => normalize(name, given));
    const problems = entries.flatMap((entry) => ("problem" in entry ? [entry.problem] : []));
    for (const message of problems) addIssue({ message });
    if (problems.length > 0) return NEVER;
    // Sorted, so that the order in the program is of no importance.
    const normalized = entries.flatMap((entry) => ("pem" in entry ? [[entry.name, entry.pem] as const] : []));
    return Object.fromEntries(normalized.sort(([one], [other]) => (one < other ? -1 : 1)));
  }),
);

/** The clients that are known, with the names of those whose certificates are unknown during the preview. */
export interface KnownClients {
  readonly clients: readonly KnownClient[];
  readonly unknown: readonly string[];
  /** Whether not even the names are known during the preview. */
  readonly isUnknown: boolean;
}

/** @param byName as {@link clientsSchema} returns them, or unknown as a whole. Absent without any. */
export function knownClients(byName: ClientsByName | typeof UNKNOWN = {}): KnownClients {
  if (byName === UNKNOWN) return { clients: [], unknown: [], isUnknown: true };
  const entries = Object.entries(byName);
  return {
    isUnknown: false,
    clients: entries.flatMap(([name, pem]) => {
      const parsed = pem === UNKNOWN ? undefined : parseClient(name, pem);
      return parsed && "client" in parsed ? [parsed.client] : [];
    }),
    unknown: entries.flatMap(([name, pem]) => (pem === UNKNOWN ? [name] : [])),
  };
}

/** The valid clients among a program's argument, as other resources of the run get to know them. */
export function declaredClients(
  given: Readonly<Record<string, unknown>>,
  policy: Pick<DeclaredClient, "lockout" | "projectId">,
): readonly DeclaredClient[] {
  return Object.entries(given).flatMap(([name, value]) => {
    const normalized = normalize(name, value);
    return "pem" in normalized && normalized.pem !== UNKNOWN ? [{ ...normalized, ...policy }] : [];
  });
}

type Normalized = { readonly name: string; readonly pem: string } | { readonly problem: string };

function normalize(name: string, given: unknown): Normalized {
  const problem = nameProblem(name);
  if (problem !== undefined) return { problem };
  if (given === UNKNOWN) return { name, pem: UNKNOWN };
  const parsed = parseClient(name, given);
  return "client" in parsed
    ? { name, pem: parsed.client.pem }
    : { problem: `${JSON.stringify(name)} ${parsed.problem}` };
}

function nameProblem(name: string): string | undefined {
  if (holdsSecret(name))
    return `has a name that looks like a key; ${NAME_REMEDY}, and revoke the key if anybody else has seen it`;
  if (name.trim() === "") return `has an empty name; ${NAME_REMEDY}`;
  const shown = JSON.stringify(sanitize(name.slice(0, MAX_NAME_CHARACTERS)));
  if (name.length > MAX_NAME_CHARACTERS)
    return `has a name of ${name.length} characters, ${shown}…; ${NAME_REMEDY}`;
  if (UNSAFE.test(name))
    return `has the name ${shown} with a control character or an invisible one; ${NAME_REMEDY}`;
  if (name !== name.trim()) return `has the name ${shown} with white space at its ends; ${NAME_REMEDY}`;
  return name === "__proto__" ? `has the reserved name ${shown}; ${NAME_REMEDY}` : undefined;
}

function describeType(value: unknown): string {
  if (value === null || value === undefined) return "missing";
  return Array.isArray(value) ? "a list" : `of type ${typeof value}`;
}
