/** A certificate's line in the text of a review. */
export interface CertificateLine {
  readonly sign: "+" | "-";
  readonly id: string;
  /** Null when it has none. */
  readonly name: string | null;
  /** A date, such as `2027-11-02`. */
  readonly validFrom?: string;
  /** A date with its distance, such as `2027-11-02 (in 344 days)`. */
  readonly expires?: string;
  /** Whether it was never the resource's. */
  readonly collateral: boolean;
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

const HEADLINE =
  /^(?<scope>.+?): (?<change>[^;:]+); enforcement (?<enforcement>(?:turns|stays) (?:ON|OFF)); (?<calls>.+)$/;
const CERTIFICATE =
  /^ {2}(?<sign>[+-]) (?<id>[^\s",]+)(?: (?<name>"(?:[^"\\]|\\.)*"))?(?:, valid from (?<validFrom>[\d-]+))?(?:, expires (?<expires>[\d-]+ \([^)]+\)))?(?<collateral>; not in the program.*)?$/;
const WARNING = /^ {2}warning: (?<warning>.+)$/;

/** Reads what `reviewText` writes. @returns undefined for any other line. */
export function readHeadline(line: string): Headline | undefined {
  const { scope, change, enforcement, calls } = HEADLINE.exec(line)?.groups ?? {};
  if (!scope || !change || !enforcement || !calls) return undefined;
  return { scope, change, enforcement, calls };
}

/** Reads what `reviewText` writes of a certificate. @returns undefined for any other line. */
export function readCertificate(line: string): CertificateLine | undefined {
  const { sign, id, name, validFrom, expires, collateral } = CERTIFICATE.exec(line)?.groups ?? {};
  if (!sign || !id) return undefined;
  return {
    sign: sign === "+" ? "+" : "-",
    id,
    name: name === undefined ? null : String(JSON.parse(name)),
    ...(validFrom !== undefined && { validFrom }),
    ...(expires !== undefined && { expires }),
    collateral: collateral !== undefined,
  };
}

/** Reads what `reviewText` writes of a warning. @returns undefined for any other line. */
export function readWarning(line: string): string | undefined {
  return WARNING.exec(line)?.groups?.["warning"];
}
