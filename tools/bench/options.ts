import { resolve } from "node:path";
import { parseArgs } from "node:util";

export const PARTS = [
  "start-up",
  "wall-time",
  "calls",
  "growth",
  "profile",
  "footprint",
  "compile-cache",
] as const;
export type Part = (typeof PARTS)[number];

export interface BenchOptions {
  readonly parts: readonly Part[];
  readonly isShort: boolean;
  readonly rounds: number;
  /** The emulated rate limit's window in seconds. */
  readonly windowSeconds: number;
  /** Another checkout to measure in the same rounds. */
  readonly compare: string | undefined;
  /** Whether a measurement beyond its limit fails the command. */
  readonly checks: boolean;
  /** Whether to write the tables and pictures into docs/performance.md. */
  readonly writes: boolean;
}

export const HELP = `Usage: npm run bench -- [options]
  --part NAME       measure only this part: ${PARTS.join(", ")}; may be repeated
  --short           the form for CI: fewer rounds, wall time without latency, calls without a rate limit
  --rounds N        rounds of wall time, start-up, footprint and compile cache (default: 7; 5 with --short)
  --window SECONDS  window of the rate limit (default: 6; the API's is 60)
  --compare FOLDER  also measure another checkout of this repository, installed and built
  --check           exit with 1 when a measurement exceeds its limit
  --write           write the tables and pictures to docs/performance.md`;

const SHORT_PARTS: readonly Part[] = ["wall-time", "calls"];

/** @returns undefined when the help is requested. @throws Error when an option is not valid. */
export function parseOptions(args: readonly string[]): BenchOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      part: { type: "string", multiple: true },
      short: { type: "boolean", default: false },
      rounds: { type: "string" },
      window: { type: "string", default: "6" },
      compare: { type: "string" },
      check: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return undefined;
  if (values.short && values.write)
    throw new Error("--short and --write exclude each other: the page shows the full measurement.");

  return {
    parts: values.part?.map(partOf) ?? (values.short ? SHORT_PARTS : PARTS),
    isShort: values.short,
    rounds: positive("rounds", values.rounds ?? (values.short ? "5" : "7")),
    windowSeconds: positive("window", values.window),
    compare: values.compare === undefined ? undefined : resolve(values.compare),
    checks: values.check,
    writes: values.write,
  };
}

function partOf(name: string): Part {
  const part = PARTS.find((each) => each === name);
  if (part) return part;
  throw new Error(`--part must be one of ${PARTS.join(", ")}, not "${name}".`);
}

function positive(option: string, text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new Error(`--${option} must be a positive whole number, not "${text}".`);
}
