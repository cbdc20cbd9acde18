import { parseArgs } from "node:util";

/** How the result is written: a table for people, or a form for a program. */
export type Format = "table" | "json" | "prometheus" | "github";

/** The arguments of the command. */
export interface CheckOptions {
  /** Ids of projects, each once. */
  readonly projects: readonly string[];
  /** Each is `name=file`, or a folder. */
  readonly clients: readonly string[];
  /** What expires within this many days is reported. */
  readonly days: number;
  /** Whether it is a problem that mTLS is not enforced. */
  readonly requiresEnforcement: boolean;
  readonly format: Format;
}

const DEFAULT_DAYS = 30;

/** A hundred years. */
const MAX_DAYS = 36_500;

/** @throws Error when an argument is invalid. */
export function parseOptions(args: readonly string[]): CheckOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      project: { type: "string", multiple: true, default: [] },
      client: { type: "string", multiple: true, default: [] },
      days: { type: "string", default: String(DEFAULT_DAYS) },
      enforced: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      format: { type: "string" },
    },
  });
  return {
    projects: [...new Set(values.project)],
    clients: values.client,
    days: parseDays(values.days),
    requiresEnforcement: values.enforced,
    format: parseFormat(values.json, values.format),
  };
}

function parseDays(text: string): number {
  const days = /^\d+$/.test(text) ? Number(text) : NaN;
  if (days <= MAX_DAYS) return days;
  throw new Error(
    `--days is ${JSON.stringify(text)}. Use a whole number of days from 0 to ${MAX_DAYS}, such as --days 30.`,
  );
}

function parseFormat(json: boolean, format: string | undefined): Format {
  if (json && format !== undefined) throw new Error("use either --json or --format");
  if (json) return "json";
  if (format === undefined) return "table";
  if (format === "prometheus" || format === "github") return format;
  throw new Error(
    `--format is ${JSON.stringify(format)}. Use --format prometheus or --format github, or --json; without them, a table ` +
      "is written.",
  );
}
