import { scopeLabel } from "../api/scope";
import type { Scope } from "../api/scope";
import { STANDINGS } from "../clients/changeAssessment";
import type { ClientStanding, ClientSummary } from "../clients/changeAssessment";
import { formatDate, pluralize } from "../shared/format";

/** The clients as a reviewer reads them in the preview. @param now Unix seconds. */
export function renderClients(scope: Scope, clients: readonly ClientSummary[], now: number): string {
  return [
    `${scopeLabel(scope)}: ${pluralize(clients.length, "known client")}`,
    ...clients.map(
      ({ name, before, after, until }) =>
        `  client ${JSON.stringify(name)}: ${before} before, ${after} after` +
        (until === undefined ? "" : `, until ${formatDate(until, now)}`),
    ),
  ].join("\n");
}

/** A client's line of {@link renderClients}. */
export interface ClientLine extends Omit<ClientSummary, "until"> {
  /** A date. */
  readonly until?: string;
}

// A scope may begin with the name of a connection or of a provider, which can be any text on one line.
const HEADLINE = /^(?<scope>(?:.*: )?(?:organization|project \S+)): \d+ known clients?$/;
const STANDING = STANDINGS.join("|");
const CLIENT = new RegExp(
  `^ {2}client "(?<name>(?:[^"\\\\]|\\\\["\\\\])*)": (?<before>${STANDING}) before, (?<after>${STANDING}) after` +
    "(?:, until (?<until>[+-]?\\d+-\\d\\d-\\d\\d) \\((?:today|in \\d+ days?|\\d+ days? ago)\\))?$",
);

/** The scope of the clients that follow; undefined for any other line. */
export function parseClientsHeadline(line: string): string | undefined {
  return HEADLINE.exec(line)?.groups?.["scope"];
}

/** Parses a client's line. @returns undefined for any other line. */
export function parseClientLine(line: string): ClientLine | undefined {
  const { name, before, after, until } = CLIENT.exec(line)?.groups ?? {};
  if (name === undefined || before === undefined || after === undefined) return undefined;
  return {
    name: name.replace(/\\(["\\])/g, "$1"),
    before: before as ClientStanding,
    after: after as ClientStanding,
    ...(until !== undefined && { until }),
  };
}

/** What a warning or an error says of clients that would be locked out. */
export interface LockoutNotice {
  /** One sentence or more for each client, which begin with its name. */
  readonly clients: readonly string[];
  /** What to do about all of them. */
  readonly remedy?: string;
}

const ERROR = /^(?:.*: )?this would lock out known clients\.\n(?<lines>.*)$/s;
const WARNING =
  /^(?:.*: )?(?:organization|project \S+): (?<client>.+ would be rejected(?: as soon as mTLS is enforced)?: .*)$/;

/** Parses a warning or an error about clients. @returns undefined for any other one. */
export function parseLockout(message: string): LockoutNotice | undefined {
  const { lines } = ERROR.exec(message)?.groups ?? {};
  if (lines !== undefined) {
    const texts = lines.split("\n").map((line) => line.trim());
    const remedy = texts.find((text) => text.startsWith("To continue anyway, "));
    return { clients: texts.filter((text) => text !== remedy), ...(remedy !== undefined && { remedy }) };
  }
  const { client } = WARNING.exec(message)?.groups ?? {};
  return client === undefined ? undefined : { clients: [client] };
}
