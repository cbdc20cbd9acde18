import { inParallel } from "../../support/inParallel";
import { EDITS_AFTER_INTERRUPT, editAfterInterrupt } from "./editAfterInterrupt";
import { pointName, plans } from "./plan";
import { type Outcome, runInterruption } from "./runInterruption";
import { printTable } from "./table";

/** Moments for each kill and change: 24 kills in all. */
const MOMENTS = 3;

/** How many applies run at once. */
const AT_ONCE = 2;

/**
 * Kills applies of 50 ids on a real engine, repairs them, and prints what it took: `npm run test:kills`, or
 * `npm run test:kills -- 7` for other moments than those of seed 1.
 */
async function main(seed: number): Promise<number> {
  const started = Date.now();
  const planned = plans(MOMENTS, seed);
  const outcomes = await inParallel(planned, AT_ONCE, runInterruption);
  const changed = await inParallel(EDITS_AFTER_INTERRUPT, AT_ONCE, editAfterInterrupt);
  const header = ["kill", "moment", "the engine said", "what it took", "calls of that up", ""];
  printTable([
    header,
    ...planned.map((plan, index) => [plan.interruption, pointName(plan), ...told(outcomes[index])]),
  ]);
  console.log("");
  const seen = ["killed", "and before the next up", "left active", "what it took", ""];
  printTable([
    seen,
    ...changed.map(({ name, then, leftActive, needed, wrong }) => [
      name,
      then,
      leftActive,
      needed.join(", "),
      verdict(wrong),
    ]),
  ]);
  const wrong = [...outcomes, ...changed].filter((outcome) => outcome.wrong.length > 0).length;
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`\nseed ${seed}: ${planned.length + changed.length} kills in ${seconds} s, ${wrong} wrong`);
  return wrong === 0 ? 0 : 1;
}

function told(outcome: Outcome | undefined): readonly string[] {
  if (!outcome) return [];
  const { messages, needed, calls, wrong } = outcome;
  return [messages.join(", ") || "nothing", needed.join(", "), calls, verdict(wrong)];
}

function verdict(wrong: readonly string[]): string {
  return wrong.length === 0 ? "ok" : `NOT SO: ${wrong.join("; ")}`;
}

void main(Number(process.argv[2] ?? 1)).then((exitCode) => {
  process.exitCode = exitCode;
});
