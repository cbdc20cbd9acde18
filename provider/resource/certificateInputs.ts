import * as v from "valibot";
import { parseCaCertificate } from "../certificate/caCertificate";
import type { CaCertificate } from "../certificate/caCertificate";
import { endOfValidity, formatSubject, validateCaCertificate } from "../certificate/validateCaCertificate";
import { isoTime } from "../shared/unixTime";
import { validateAll } from "./arguments";
import type { Checked, Schemas } from "./arguments";
import { connectionSchema, optional, stringMatching } from "./argumentSchemas";
import type { CheckFailure } from "./resource";
import { UNKNOWN } from "./resource";

/** What `check` returns to the engine. */
export interface CertificateInputs {
  /** The certificate alone, in a canonical form, so that the engine's own comparison is exact. */
  readonly certificate: string;
  /** Absent when the program does not set a name. */
  readonly name?: string | undefined;
  /** The namespace of the settings; absent for the default one. */
  readonly connection?: string | undefined;
}

/** The checked inputs, with warnings to log. */
export type CheckedCertificate = Checked<CertificateInputs> & { readonly warnings: readonly string[] };

/** White space at the ends is removed, as the API may do; otherwise every preview would show a rename. */
const name = v.pipe(
  v.unknown(),
  v.transform((given) => (typeof given === "string" ? given.trim() : given)),
  optional(stringMatching(/^\P{Cc}+$/u, "use a name of one line, or omit it")),
);

/** The certificate is validated apart: it depends on the one before, and its failures must not name the property. */
const SCHEMAS: Schemas<CertificateInputs> = { certificate: v.any(), name, connection: connectionSchema };

/**
 * Validates and normalizes a program's arguments.
 * @param olds the inputs before. A certificate that was uploaded already is accepted even if it has expired.
 * @param now Unix seconds.
 */
export function checkCertificate(
  olds: Readonly<Record<string, unknown>>,
  news: Readonly<Record<string, unknown>>,
  now: number,
): CheckedCertificate {
  const others = validateAll(SCHEMAS, news);
  const { certificate, problems, warnings } = validateCertificate(
    olds["certificate"],
    news["certificate"],
    now,
  );
  const failures = [...problems.map(failure), ...(others.failures ?? [])];
  if (failures.length > 0) return { failures, warnings: [] };
  return { inputs: { ...others.inputs, certificate }, warnings };
}

interface ValidatedCertificate {
  readonly certificate: string;
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

function validateCertificate(before: unknown, given: unknown, now: number): ValidatedCertificate {
  if (given === UNKNOWN) return { certificate: UNKNOWN, problems: [], warnings: [] };
  const parsed = parseCaCertificate(given);
  if ("problem" in parsed) return { certificate: "", problems: [parsed.problem], warnings: [] };
  const { caCertificate } = parsed;
  const certificate = caCertificate.pem;
  if (certificate !== before) {
    return {
      certificate,
      problems: validateCaCertificate(caCertificate, now),
      warnings: warningsOf(caCertificate, now),
    };
  }

  const end = endOfValidity(caCertificate, now);
  const ended = end === undefined ? [] : [`${formatSubject(caCertificate)} ${end}; use its successor`];
  return { certificate, problems: [], warnings: [...ended, ...warningsOf(caCertificate, now)] };
}

function warningsOf(caCertificate: CaCertificate, now: number): readonly string[] {
  if (caCertificate.validAt <= now) return [];
  return [
    `${formatSubject(caCertificate)} is not valid before ${isoTime(caCertificate.validAt)}; until then it ` +
      "trusts no client",
  ];
}

/** The engine prints the value of a property that fails, and this value may be a key, so no property is named. */
function failure(problem: string): CheckFailure {
  return { property: "", reason: `certificate ${problem}` };
}
