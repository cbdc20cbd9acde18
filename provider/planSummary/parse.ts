/** A certificate's line in the text of a review. */
export interface CertificateLine {
  readonly sign: "+" | "-" | "=";
  readonly id: string;
  /** Null when it has none. */
  readonly name: string | null;
  /** A date, such as `2027-11-02`. */
  readonly validFrom?: string;
  /** A date. */
  readonly expires?: string;
  /** How far that is from the day of the preview: `in 344 days`, `today`. */
  readonly distance?: string;
  /** Whether it was never the resource's. */
  readonly unmanaged: boolean;
  /** Whether another resource of the program gives it up, and this one keeps it active. */
  readonly moved: boolean;
}

/** The first line of the text of a review. */
export interface Headline {
  /** Whose certificates they are: "the organization", "acme: project proj_abc". */
  readonly scope: string;
  /** "activate 2, deactivate 1, leave 11". */
  readonly change: string;
  /** "turns ON", "turns OFF", "stays ON", "stays OFF". */
  readonly enforcement: string;
  /** "3 API calls". */
  readonly calls: string;
}

/** A warning that stands alone. */
export interface ScopeWarning {
  readonly scope: string;
  readonly warning: string;
}

// Each form is whole and leaves no room: what is in a name must never be read as anything else.
const SCOPE = "(?<scope>(?:[A-Za-z0-9][\\w-]*: )?(?:the organization|project [A-Za-z0-9][\\w-]*))";
const PART = "(?:\\d+ ids? known after the upload|(?:activate|adopt|deactivate|keep|leave) \\d+)";
const HEADLINE = new RegExp(
  `^${SCOPE}: (?<change>${PART}(?:, ${PART})*|nothing to activate or deactivate); ` +
    "enforcement (?<enforcement>(?:turns|stays) (?:ON|OFF)); (?<calls>(?:at least )?\\d+ API calls?)$",
);
const CERTIFICATE = new RegExp(
  '^ {2}(?<sign>[+=-]) (?<id>[^\\s",]+)(?: "(?<name>(?:[^"\\\\]|\\\\["\\\\])*)")?' +
    "(?:, valid from (?<validFrom>[+-]?\\d+-\\d\\d-\\d\\d))?" +
    "(?:, expires (?<expires>[+-]?\\d+-\\d\\d-\\d\\d) \\((?<distance>today|in \\d+ days?|\\d+ days? ago)\\))?" +
    "(?<unmanaged>; not in the program, goes off because the set is exclusive)?(?<moved>; moved here, stays active)?$",
);
const WARNING = /^ {2}warning: (?<warning>.+)$/;
const SCOPE_WARNING = new RegExp(`^${SCOPE}: warning: (?<warning>.+)$`);

/** Reads what `reviewText` writes. @returns undefined for any other line. */
export function parseHeadline(line: string): Headline | undefined {
  const { scope, change, enforcement, calls } = HEADLINE.exec(line)?.groups ?? {};
  if (!scope || !change || !enforcement || !calls) return undefined;
  return { scope, change, enforcement, calls };
}

/** Reads what `reviewText` writes of a certificate. @returns undefined for any other line. */
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

/** Reads what `reviewText` writes of a warning. @returns undefined for any other line. */
export function parseWarning(line: string): string | undefined {
  return WARNING.exec(line)?.groups?.["warning"];
}

/** Reads a warning that was said without a review. @returns undefined for any other line. */
export function parseScopeWarning(line: string): ScopeWarning | undefined {
  const { scope, warning } = SCOPE_WARNING.exec(line)?.groups ?? {};
  return scope && warning ? { scope, warning } : undefined;
}
