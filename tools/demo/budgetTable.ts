import { countCalls } from "../../test/emulator";
import type { LoggedCall } from "../../test/emulator";

/** The expected number of API calls by endpoint. Endpoints that are not listed must not be called. */
export type Budget = Partial<ReturnType<typeof countCalls>>;

export interface StepResult {
  readonly title: string;
  readonly budget: Budget;
  readonly log: readonly LoggedCall[];
  readonly problem: string | undefined;
}

/** Prints the calls of each step next to its budget. @returns The exit code: 0 when all steps passed. */
export function printTable(results: readonly StepResult[]): number {
  const rows = results.map(({ title, budget, log, problem }, index) => {
    const calls = format(countCalls(log));
    const outcome = problem ?? (calls === format(budget) ? "ok" : "over budget");
    return [`${index + 1}. ${title}`, calls, format(budget), outcome] as const;
  });
  const header = ["step", "calls, from the server's log", "budget", ""] as const;
  const widths = [0, 1, 2].map((column) =>
    Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  console.log("");
  for (const row of [header, ...rows]) {
    console.log(
      row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
  }
  const failed = rows.filter(([, , , outcome]) => outcome !== "ok").length;
  console.log(failed === 0 ? "\nAll steps passed." : `\n${failed} of ${rows.length} steps failed.`);
  return failed === 0 ? 0 : 1;
}

function format(calls: Budget): string {
  const entries = Object.entries(calls).sort(([a], [b]) =>
    a === "list" ? -1 : b === "list" ? 1 : a < b ? -1 : 1,
  );
  return entries.map(([endpoint, count]) => `${count} ${endpoint}`).join(", ") || "none";
}
