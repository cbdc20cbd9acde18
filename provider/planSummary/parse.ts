import { ENFORCEMENT } from "./render";
import type { EnforcementText } from "./render";
import type { Counts } from "./summarize";

/** A certificate's line in a summary. */
export interface CertificateLine {
  /** `=`: it is active already, and stays active. */
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
}

/** The first line of a summary. */
export interface Headline {
  /** The scope of the certificates: "organization", "acme: project proj_abc". */
  readonly scope: string;
  /** "2 to activate, 1 to deactivate, 11 unmanaged". */
  readonly change: string;
  readonly counts: Counts;
  readonly enforcement: EnforcementText;
  /** "3 API calls". */
  readonly calls: string;
}

// Each pattern matches a whole line and nothing more: a name must never be parsed as anything else.
// A scope may begin with the name of a connection or of a provider, which can be any text on one line.
const SCOPE = "(?<scope>(?:.*: )?(?:organization|project \\S+))";
const PART = "\\d+ (?:to activate after upload|to activate|already active|to deactivate|unchanged|unmanaged)";
const HEADLINE = new RegExp(
  `^${SCOPE}: (?<change>${PART}(?:, ${PART})*|nothing to activate or deactivate); ` +
    `mTLS (?<enforcement>${Object.values(ENFORCEMENT).join("|")}); ` +
    "(?<calls>(?:at least )?\\d+ API calls?)$",
);
const CERTIFICATE = new RegExp(
  '^ {2}(?<sign>[+=-]) (?<id>[^\\s",]+)(?: "(?<name>(?:[^"\\\\]|\\\\["\\\\])*)")?' +
    "(?:, valid from (?<validFrom>[+-]?\\d+-\\d\\d-\\d\\d))?" +
    "(?:, expires (?<expires>[+-]?\\d+-\\d\\d-\\d\\d) \\((?<distance>today|in \\d+ days?|\\d+ days? ago)\\))?" +
    "(?<unmanaged>; unmanaged, deactivated because exclusive is set)?" +
    "(?:; already active|; moved here from another resource, active afterwards)?$",
);
/** Parses the first line of `renderSummary`. @returns undefined for any other line. */
export function parseHeadline(line: string): Headline | undefined {
  const { scope, change, enforcement, calls } = HEADLINE.exec(line)?.groups ?? {};
  if (!scope || !change || !enforcement || !calls) return undefined;
  return { scope, change, counts: parseChange(change), enforcement: enforcement as EnforcementText, calls };
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
  const { sign, id, name, validFrom, expires, distance, unmanaged } = CERTIFICATE.exec(line)?.groups ?? {};
  if (!sign || !id) return undefined;
  return {
    sign: sign as CertificateLine["sign"],
    id,
    name: name === undefined ? null : name.replace(/\\(["\\])/g, "$1"),
    ...(validFrom !== undefined && { validFrom }),
    ...(expires !== undefined && { expires }),
    ...(distance !== undefined && { distance }),
    unmanaged: unmanaged !== undefined,
  };
}
