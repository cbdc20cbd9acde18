import type { dynamic } from "@pulumi/pulumi";
import type { EnforcementPolicy } from "../activation/enforcement";
import { byId } from "../activation/state";
import { printable } from "../api/printable";
import { UNKNOWN } from "./unknown";

/** What `check` hands to the engine: ids as a map, because the engine shows a changed map exactly. */
export interface CheckedInputs {
  /** A map keyed by id; unknown as a whole when any id is not known before the apply. */
  readonly certificateIds: Readonly<Record<string, "active">> | typeof UNKNOWN;
  readonly exclusive: boolean | typeof UNKNOWN;
  readonly enforcementChange: EnforcementPolicy | typeof UNKNOWN;
}

/** The normalized inputs, or what is wrong with them. */
export type Checked =
  | { readonly inputs: CheckedInputs; readonly failures?: never }
  | { readonly inputs?: never; readonly failures: dynamic.CheckFailure[] };

/** Ids are made of these, as far as any was ever seen; anything else is a slip of the pen. */
const CERTIFICATE_ID = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;

/** Most characters of a wrong value that are repeated. */
const MAX_SHOWN = 60;

/** Checks a program's arguments, with one failure for each bad property, and normalizes them. */
export function checkInputs(news: Readonly<Record<string, unknown>>): Checked {
  const certificateIds = checkCertificateIds(news["certificateIds"]);
  const exclusive = checkOneOf([true, false], false, news["exclusive"]);
  const enforcementChange = checkOneOf(["warn", "refuse"], "warn", news["enforcementChange"]);
  if ("value" in certificateIds && "value" in exclusive && "value" in enforcementChange) {
    return {
      inputs: {
        certificateIds: certificateIds.value,
        exclusive: exclusive.value,
        enforcementChange: enforcementChange.value,
      },
    };
  }
  const judged = Object.entries({ certificateIds, exclusive, enforcementChange });
  return {
    failures: judged.flatMap(([property, judgement]) =>
      "reason" in judgement ? [{ property, reason: judgement.reason }] : [],
    ),
  };
}

type Judged<T> = { readonly value: T } | { readonly reason: string };

function checkCertificateIds(given: unknown): Judged<CheckedInputs["certificateIds"]> {
  if (given === UNKNOWN) return { value: UNKNOWN };
  // `ignoreChanges` hands back what an earlier check has made: the map.
  const ids = isRecord(given) ? Object.keys(given) : given;
  if (!Array.isArray(ids)) {
    return {
      reason: `is ${shown(given)}; give the list of the certificate ids that are to be active, [] for none`,
    };
  }
  const elements: readonly unknown[] = ids;
  const problems = elements.flatMap((element, index) => {
    const problem = problemOf(element);
    return problem === undefined ? [] : [`certificateIds[${index}] is ${shown(element)}: ${problem}`];
  });
  if (problems.length > 0) return { reason: problems.join("; ") };
  if (elements.includes(UNKNOWN)) return { value: UNKNOWN };
  return {
    value: byId(
      elements.filter((element) => typeof element === "string"),
      "active",
    ),
  };
}

function problemOf(element: unknown): string | undefined {
  const remedy = "give an id as the dashboard shows it, such as cert_abc123";
  if (element === UNKNOWN) return undefined;
  if (typeof element !== "string") return `an id is a string; ${remedy}`;
  if (element === "") return `an id is not empty; ${remedy}`;
  if (/\s/.test(element)) return `an id has no white space; ${remedy}`;
  return CERTIFICATE_ID.test(element) ? undefined : `it has a character that no id has; ${remedy}`;
}

function checkOneOf<const T>(allowed: readonly T[], fallback: T, given: unknown): Judged<T | typeof UNKNOWN> {
  if (given === undefined || given === null) return { value: fallback };
  if (given === UNKNOWN) return { value: UNKNOWN };
  const found = allowed.find((value) => value === given);
  if (found !== undefined) return { value: found };
  return { reason: `is ${shown(given)}; give ${allowed.map((value) => JSON.stringify(value)).join(" or ")}` };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A wrong value as it is repeated to its author; not when it looks like a secret that was pasted by mistake. */
function shown(value: unknown): string {
  if (value === undefined) return "missing";
  const text = printable(JSON.stringify(value));
  if (/sk-|-----BEGIN/.test(text)) return "something that looks like a key";
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
