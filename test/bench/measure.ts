import { type LoggedCall } from "../emulator";
import { printTable } from "../support/table";

/** One line of the report: what was promised, and what was measured. */
export interface Measure {
  readonly what: string;
  readonly promised: string;
  readonly measured: string;
  readonly kept: boolean;
}

/** Prints the measures. @returns the exit code: 0 when each promise was kept. */
export function report(measures: readonly Measure[]): number {
  printTable([
    ["what", "promised", "measured", ""],
    ...measures.map(({ what, promised, measured, kept }) => [
      what,
      promised,
      measured,
      kept ? "ok" : "MISSED",
    ]),
  ]);
  return measures.every(({ kept }) => kept) ? 0 : 1;
}

export function refusalsIn(log: readonly LoggedCall[]): number {
  return log.filter(({ status }) => status === 429).length;
}
