import type { Counts } from "./summarize";

/** A certificate's line in a summary. */
export interface CertificateLine {
  readonly sign: "+" | "-" | "=";
  readonly id: string;
  /** Null when the certificate has no name. */
  readonly name: string | null;
  /** A date, such as `2027-11-02`. */
  readonly validFrom?: string;
  /** A date. */
  readonly expires?: string;
  /** The time between the preview and that date: `in 344 days`, `today`. */
  readonly distance?: string;
  /** Whether the resource never managed the certificate. */
  readonly unmanaged: boolean;
  /** Whether another resource of the program gives the certificate up, and this one keeps it active. */
  readonly moved: boolean;
}

/** The first line of a summary. */
export interface Headline {
  /** The scope of the certificates: "organization", "acme: project proj_abc". */
  readonly scope: string;
  /** "2 to activate, 1 to deactivate, 11 unmanaged". */
  readonly change: string;
  readonly counts: Counts;
  /** "will be enforced", "will be turned off", "stays enforced", "stays off". */
  readonly enforcement: string;
  /** "3 API calls". */
  readonly calls: string;
}

// Each pattern matches a whole line and nothing more: a name must never be parsed as anything else.
const SCOPE = "(?<scope>(?:[A-Za-z0-9][\\w-]*: )?(?:organization|project [A-Za-z0-9][\\w-]*))";
const PART = "\\d+ (?:to activate after upload|to activate|already active|to deactivate|unchanged|unmanaged)";
const HEADLINE = new RegExp(
  `^${SCOPE}: (?<change>${PART}(?:, ${PART})*|nothing to activate or deactivate); ` +
    "mTLS (?<enforcement>will be enforced|will be turned off|stays enforced|stays off); " +
    "(?<calls>(?:at least )?\\d+ API calls?)$",
);
const CERTIFICATE = new RegExp(
  '^ {2}(?<sign>[+=-]) (?<id>[^\\s",]+)(?: "(?<name>(?:[^"\\\\]|\\\\["\\\\])*)")?' +
    "(?:, valid from (?<validFrom>[+-]?\\d+-\\d\\d-\\d\\d))?" +
    "(?:, expires (?<expires>[+-]?\\d+-\\d\\d-\\d\\d) \\((?<distance>today|in \\d+ days?|\\d+ days? ago)\\))?" +
    "(?<unmanaged>; unmanaged, deactivated because exclusive is set)?" +
    "(?<moved>; moved here from another resource, stays active)?$",
);
/** Parses the first line of `renderSummary`. @returns undefined for any other line. */
export function parseHeadline(line: string): Headline | undefined {
  const { scope, change, enforcement, calls } = HEADLINE.exec(line)?.groups ?? {};
  if (!scope || !change || !enforcement || !calls) return undefined;
  return { scope, change, counts: parseChange(change), enforcement, calls };
}

function parseChange(change: string): Counts {
  const count = (pattern: RegExp): number =>
    [...change.matchAll(pattern)].reduce((sum, [, digits]) => sum + Number(digits), 0);
  return {
    unknown: count(/(\d+) to activate after upload/g),
    activate: count(/(\d+) to activate(?! after)/g),
    adopted: count(/(\d+) already active/g),
    deactivate: count(/(\d+) to deactivate/g),
    unchanged: count(/(\d+) unchanged/g),
    unmanaged: count(/(\d+) unmanaged/g),
  };
}

/** Parses a certificate's line of `renderSummary`. @returns undefined for any other line. */
export function parseCertificateLine(line: string): CertificateLine | undefined {
  const { sign, id, name, validFrom, expires, distance, unmanaged, moved } =
    CERTIFICATE.exec(line)?.groups ?? {};
  if (!sign || !id) return undefined;
  return {
    sign: sign as CertificateLine["sign"],
    id,
    name: name === undefined ? null : name.replace(/\\(["\\])/g, "$1"),
    ...(validFrom !== undefined && { validFrom }),
    ...(expires !== undefined && { expires }),
    ...(distance !== undefined && { distance }),
    unmanaged: unmanaged !== undefined,
    moved: moved !== undefined,
  };
}
