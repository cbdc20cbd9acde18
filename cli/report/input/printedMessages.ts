import { stripVTControlCharacters } from "node:util";
import { parseClientLine, parseClientsHeadline } from "../../../provider/planSummary/clients";
import type { ClientLine } from "../../../provider/planSummary/clients";
import { parseCertificateLine, parseHeadline, parseUnknownSet } from "../../../provider/planSummary/parse";
import type { CertificateLine, Headline } from "../../../provider/planSummary/parse";
import type { Diagnostic } from "./preview";

/** What a preview printed. Any of it may be a line of the program that looks like the provider's. */
export interface Messages {
  /** By the name of the scope. */
  readonly summaries: ReadonlyMap<string, PrintedSummary>;
  /** The known clients, each line once. */
  readonly clients: readonly PrintedClient[];
  readonly warnings: readonly string[];
  readonly errors: readonly string[];
  /** All other lines. */
  readonly notes: readonly string[];
}

/** What was printed about a known client. */
export interface PrintedClient extends ClientLine {
  readonly scope: string;
}

/** All that was printed about one scope, by one resource or by several. */
export interface PrintedSummary {
  readonly headlines: readonly Headline[];
  readonly certificates: readonly CertificateLine[];
  /** Whether the provider knows nothing of a set until the update. */
  readonly isUnknown: boolean;
}

export const NOTHING_PRINTED: PrintedSummary = { headlines: [], certificates: [], isUnknown: false };

/** How the provider marks a warning that it prints to standard output, because it cannot reach the engine. */
const WARNING = /^warning: (?<text>.+)$/;

/** Reads messages as the provider writes them: each headline is followed by the lines of its certificates. */
export function readMessages(diagnostics: readonly Diagnostic[]): Messages {
  const summaries = new Map<string, PrintedSummary & { readonly certificates: CertificateLine[] }>();
  const warnings = joinIndented(linesOf(diagnostics, /^warning$/)).map((line) =>
    line.replace(/^warning: /, ""),
  );
  const notes: string[] = [];
  const clients = new Map<string, PrintedClient>();
  let current: CertificateLine[] | undefined;
  let clientsScope: string | undefined;
  for (const line of linesOf(diagnostics, /^info/)) {
    const headline = parseHeadline(line);
    const unknownSet = parseUnknownSet(line);
    const certificate = parseCertificateLine(line);
    const client = parseClientLine(line);
    clientsScope = parseClientsHeadline(line) ?? (client && clientsScope);
    const warning = WARNING.exec(line)?.groups?.["text"];
    const scope = headline?.scope ?? unknownSet;
    if (scope !== undefined) {
      const { headlines, certificates, isUnknown } = summaries.get(scope) ?? {
        ...NOTHING_PRINTED,
        certificates: [],
      };
      summaries.set(scope, {
        headlines: headline ? [...headlines, headline] : headlines,
        certificates,
        isUnknown: isUnknown || unknownSet !== undefined,
      });
      current = certificates;
    } else if (current && certificate && !certificate.isUncertain) {
      current.push(certificate);
    } else if (clientsScope !== undefined) {
      if (client) clients.set(`${clientsScope}${line}`, { scope: clientsScope, ...client });
    } else if (warning !== undefined) {
      warnings.push(warning);
    } else {
      notes.push(line.trim());
    }
  }
  const errors = diagnostics.filter(({ severity }) => severity === "error").map(errorText);
  return {
    summaries,
    clients: [...clients.values()],
    warnings: [...new Set(warnings)],
    errors: [...new Set(errors)],
    notes: [...new Set(notes)].filter((note) => !errors.some((error) => error.includes(bareError(note)))),
  };
}

function linesOf(diagnostics: readonly Diagnostic[], severity: RegExp): readonly string[] {
  return diagnostics
    .filter((each) => severity.test(each.severity))
    .flatMap(({ message }) => stripVTControlCharacters(message).split("\n"))
    .filter((line) => line.trim() !== "");
}

/** A line that is indented continues the warning before it. */
function joinIndented(lines: readonly string[]): readonly string[] {
  const text = lines.join("\n").replace(/\n {2,}/g, " ");
  return text === "" ? [] : text.split("\n");
}

/** A line without what the process of the dynamic providers writes around an error that the engine reports, too. */
function bareError(line: string): string {
  return line.replace(/^\w*Error: /, "").replace(/:$/, "");
}

const FAILED_CHECK =
  /resource '(?<resource>[^']+)':? (?:property (?<property>\S+) value [\s\S]*? )?has a problem: (?<reason>[\s\S]+)$/;

/** An error without what the engine puts around a failed check, and without the trace of a program that failed. */
function errorText({ message }: Diagnostic): string {
  const text = stripVTControlCharacters(message).trim();
  const { resource, property, reason } = FAILED_CHECK.exec(text)?.groups ?? {};
  if (resource !== undefined && reason !== undefined)
    return [resource, ...(property === undefined ? [] : [property]), reason.trim()].join(": ");

  return text
    .replace(/^error: /, "")
    .split("\n")
    .filter((line) => !/^\s+at /.test(line))
    .join("\n")
    .trim();
}
