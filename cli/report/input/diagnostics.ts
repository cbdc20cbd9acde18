import { stripVTControlCharacters } from "node:util";
import type { Diagnostic } from "./preview";

/** What a preview logged, line by line. */
export interface Lines {
  /** What the stack's program and the provider printed. */
  readonly messages: readonly string[];
  /** What was logged as a warning, by whatever resource. */
  readonly warnings: readonly string[];
}

export function linesOf(diagnostics: readonly Diagnostic[]): Lines {
  const of = (severity: RegExp): readonly string[] =>
    diagnostics
      .filter((each) => severity.test(each.severity))
      .flatMap(({ message }) => plain(message).split("\n"))
      .filter((line) => line.trim() !== "");
  return {
    messages: of(/^info/),
    warnings: joinIndented(of(/^warning$/)).map((line) => line.replace(/^warning: /, "")),
  };
}

/** A line that is indented continues the warning before it. */
function joinIndented(lines: readonly string[]): readonly string[] {
  const text = lines.join("\n").replace(/\n {2,}/g, " ");
  return text === "" ? [] : text.split("\n");
}

const FAILED_CHECK =
  /resource '(?<resource>[^']+)':? (?:property (?<property>\S+) value [\s\S]*? )?has a problem: (?<reason>[\s\S]+)$/;

/** An error without what the engine puts around a failed check, and without the trace of a program that failed. */
export function errorText({ message }: Diagnostic): string {
  const text = plain(message).trim();
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

function plain(message: string): string {
  return stripVTControlCharacters(message);
}
