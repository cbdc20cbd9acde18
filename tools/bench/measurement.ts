import type { LoggedCall } from "../../test/emulator";
import { printTable } from "../../test/support/table";

/** One row of the report. */
export interface Measurement {
  readonly name: string;
  readonly expected: string;
  readonly measured: string;
  readonly passed: boolean;
}

/** Prints the measurements. @returns The exit code: 0 when all of them passed. */
export function report(measurements: readonly Measurement[]): number {
  printTable([
    ["measurement", "expected", "measured", ""],
    ...measurements.map(({ name, expected, measured, passed }) => [
      name,
      expected,
      measured,
      passed ? "ok" : "FAILED",
    ]),
  ]);
  return measurements.every(({ passed }) => passed) ? 0 : 1;
}

/** The number of calls that the rate limit rejected. */
export function rejectionsIn(log: readonly LoggedCall[]): number {
  return log.filter(({ status }) => status === 429).length;
}
