import { exitCodeOf } from "../model/report";
import type { CheckReport } from "../model/report";

/** The whole report, with the exit code. */
export function renderJson(report: CheckReport): string {
  return `${JSON.stringify({ exitCode: exitCodeOf(report), ...report }, undefined, 2)}\n`;
}
