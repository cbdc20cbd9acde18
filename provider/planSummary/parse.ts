import type { Identity } from "./identity";
import { ENFORCEMENT_TEXTS } from "./render";
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
  readonly identity?: Identity;
  /** Whether the resource never managed the certificate. */
  readonly unmanaged: boolean;
  /** Whether it may be one of the ids that are not known until the update, and stay active. */
  readonly isUncertain: boolean;
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
const PART =
  "\\d+ (?:to activate after upload|to activate whose id is not known until the update|to activate|already active|" +
  "possibly to deactivate|to deactivate|unchanged|unmanaged)";
const HEADLINE = new RegExp(
  `^${SCOPE}: (?<change>${PART}(?:, ${PART})*|nothing to activate or deactivate); ` +
    `mTLS (?<enforcement>${ENFORCEMENT_TEXTS.join("|")}); ` +
    "(?<calls>(?:at least )?\\d+ API calls?)$",
);
const CERTIFICATE = new RegExp(
  `^ {2}(?<sign>[+=-]) (?<id>[^\\s",]+)(?: ${quoted("name")})?` +
    "(?:, valid from (?<validFrom>[+-]?\\d+-\\d\\d-\\d\\d))?" +
    "(?:, expires (?<expires>[+-]?\\d+-\\d\\d-\\d\\d) \\((?:today|in \\d+ days?|\\d+ days? ago)\\))?" +
    `(?:, subject ${quoted("subject")}, issuer ${quoted("issuer")}, SHA-256 (?<sha256>[\\dA-F:]+))?` +
    "(?<unmanaged>; unmanaged, deactivated because exclusive is set)?" +
    "(?<uncertain>; unless it is one of the ids that are not known until the update)?" +
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
    unknown: count(/(\d+) to activate (?:after upload|whose id)/g),
    activate: count(/(\d+) to activate(?! after| whose)/g),
    adopted: count(/(\d+) already active/g),
    deactivate: count(/(\d+) (?:possibly )?to deactivate/g),
    unchanged: count(/(\d+) unchanged/g),
    unmanaged: count(/(\d+) unmanaged/g),
  };
}

const UNKNOWN_SET = new RegExp(
  `^${SCOPE}: ids not known until the update; managed now: [^;]*; mTLS not known$`,
);

/** Parses what `renderUnknownSet` wrote. @returns the scope; undefined for any other line. */
export function parseUnknownSet(line: string): string | undefined {
  return UNKNOWN_SET.exec(line)?.groups?.["scope"];
}

/** Parses a certificate's line of `renderSummary`. @returns undefined for any other line. */
export function parseCertificateLine(line: string): CertificateLine | undefined {
  const { sign, id, name, validFrom, expires, subject, issuer, sha256, unmanaged, uncertain } =
    CERTIFICATE.exec(line)?.groups ?? {};
  if (!sign || !id) return undefined;
  return {
    sign: sign as CertificateLine["sign"],
    id,
    name: name === undefined ? null : unquoted(name),
    ...(validFrom !== undefined && { validFrom }),
    ...(expires !== undefined && { expires }),
    ...(sha256 !== undefined && {
      identity: { subject: unquoted(subject), issuer: unquoted(issuer), sha256 },
    }),
    unmanaged: unmanaged !== undefined,
    isUncertain: uncertain !== undefined,
  };
}

/** The pattern of a text in quotation marks. */
function quoted(name: string): string {
  return `"(?<${name}>(?:[^"\\\\]|\\\\["\\\\])*)"`;
}

function unquoted(text = ""): string {
  return text.replace(/\\(["\\])/g, "$1");
}

/** A warning that concerns the whole scope, and not one certificate. */
export interface Notice {
  /**
   * `enforcement`: what a change of enforcement means. `access`: the provider is not prepared for it. `lockout`: the update
   * would lock the provider out. `unverified`: something was not verified, and why.
   */
  readonly kind: "enforcement" | "access" | "lockout" | "unverified";
  /** Undefined when the text does not name it. */
  readonly scope?: string;
  /** The text without what the kind and the scope already say. */
  readonly text: string;
}

const WHERE = "(?<where>the organization|project \\S+?)";
const NOTICES: readonly (readonly [Notice["kind"], RegExp])[] = [
  [
    "enforcement",
    new RegExp(
      `^(?<owner>.*: )?mTLS (?:will|may) be (?:enforced|turned off) for ${WHERE}: (?<text>.*)$`,
      "s",
    ),
  ],
  [
    "access",
    new RegExp(
      `^(?<owner>.*: )?(?<text>(?:no client certificate is configured for the provider, so|a client certificate is ` +
        `configured for the provider, but) .* in ${WHERE}\\. Set .*)$`,
      "s",
    ),
  ],
  ["lockout", /^(?:.*: )?this would lock the provider out of the API\.\s+(?<text>.*)$/s],
  ["unverified", /^(?:.*: )?certificateIds not verified: (?<text>.*)$/s],
  ["unverified", /^(?<text>.*(?:not verified: |does not verify the resources).*)$/s],
];

/** Parses a warning or an error, with the name of its connection, resource or scope before it. */
export function parseNotice(message: string): Notice | undefined {
  for (const [kind, pattern] of NOTICES) {
    const groups = pattern.exec(message)?.groups;
    if (!groups) continue;
    const { owner = "", where, text = "" } = groups;
    const scope = where === undefined ? {} : { scope: `${owner}${where.replace(/^the /, "")}` };
    const onOneLine = text.replace(/\s*\n\s*/g, " ");
    return { kind, ...scope, text: onOneLine.charAt(0).toUpperCase() + onOneLine.slice(1) };
  }
  return undefined;
}
