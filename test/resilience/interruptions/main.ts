import { runInParallel } from "../../support/runInParallel";
import { printTable } from "../../support/table";
import { editAfterInterrupt, EDITS_AFTER_INTERRUPT } from "./editAfterInterrupt";
import { plans, pointName } from "./plan";
import { runInterruption } from "./runInterruption";
import type { Outcome } from "./runInterruption";

/** Interrupt points for each kind of interruption and change: 24 interruptions in all. */
const POINTS_EACH = 3;

/** The number of updates that run at the same time. */
const AT_ONCE = 2;

/**
 * Interrupts updates of 50 ids on a real engine, repairs them, and prints the commands that were needed:
 * `npm run test:interruptions`, or `npm run test:interruptions -- 7` for other interrupt points than those of seed 1.
 */
async function main(seed: number): Promise<number> {
  const started = Date.now();
  const planned = plans(POINTS_EACH, seed);
  const outcomes = await runInParallel(planned, AT_ONCE, runInterruption);
  const edited = await runInParallel(EDITS_AFTER_INTERRUPT, AT_ONCE, editAfterInterrupt);
  const header = [
    "interruption",
    "interrupt point",
    "engine messages",
    "commands needed",
    "API calls of the up",
    "",
  ];
  printTable([
    header,
    ...planned.map((plan, index) => [plan.interruption, pointName(plan), ...outcomeColumns(outcomes[index])]),
  ]);
  console.log("");
  const editHeader = ["interrupted", "edit before the next up", "left active", "commands needed", ""];
  printTable([
    editHeader,
    ...edited.map(({ name, then, leftActive, needed, wrong }) => [
      name,
      then,
      leftActive,
      needed.join(", "),
      formatProblems(wrong),
    ]),
  ]);
  const wrong = [...outcomes, ...edited].filter((outcome) => outcome.wrong.length > 0).length;
  const seconds = Math.round((Date.now() - started) / 1000);
  const total = planned.length + edited.length;
  console.log(`\nseed ${seed}: ${total} interruptions in ${seconds} s, ${wrong} failed`);
  return wrong === 0 ? 0 : 1;
}

function outcomeColumns(outcome: Outcome | undefined): readonly string[] {
  if (!outcome) return [];
  const { messages, needed, calls, wrong } = outcome;
  return [messages.join(", ") || "none", needed.join(", "), calls, formatProblems(wrong)];
}

function formatProblems(wrong: readonly string[]): string {
  return wrong.length === 0 ? "ok" : `FAILED: ${wrong.join("; ")}`;
}

void main(Number(process.argv[2] ?? 1)).then((exitCode) => {
  process.exitCode = exitCode;
});
