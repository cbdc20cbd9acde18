import { countCalls, type LoggedCall } from "../emulator";

/** Calls of the API by endpoint; an endpoint that is not named is not to be called. */
export type Budget = Partial<ReturnType<typeof countCalls>>;

export interface StepResult {
  readonly title: string;
  readonly budget: Budget;
  readonly log: readonly LoggedCall[];
  readonly problem: string | undefined;
}

/** Prints the calls of each step beside its budget. @returns the exit code: 0 when each step kept its promise. */
export function printTable(results: readonly StepResult[]): number {
  const rows = results.map(({ title, budget, log, problem }, index) => {
    const calls = told(countCalls(log));
    const verdict = problem ?? (calls === told(budget) ? "ok" : "over budget");
    return [`${index + 1}. ${title}`, calls, told(budget), verdict] as const;
  });
  const header = ["step", "calls, by the server's log", "budget", ""] as const;
  const widths = [0, 1, 2].map((column) =>
    Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  console.log("");
  for (const row of [header, ...rows]) {
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
  }
  const failed = rows.filter(([, , , verdict]) => verdict !== "ok").length;
  console.log(
    failed === 0
      ? "\nEach step kept its promise."
      : `\n${failed} of ${rows.length} steps did not keep their promise.`,
  );
  return failed === 0 ? 0 : 1;
}

function told(calls: Budget): string {
  const entries = Object.entries(calls).sort(([a], [b]) =>
    a === "list" ? -1 : b === "list" ? 1 : a < b ? -1 : 1,
  );
  return entries.map(([endpoint, count]) => `${count} ${endpoint}`).join(", ") || "none";
}
