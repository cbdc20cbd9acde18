import { EDITS_AFTER_INTERRUPT, editAfterInterrupt } from "./editAfterInterrupt";
import { pointName, plans, seededRandom } from "./plan";
import { type Outcome, runInterruption } from "./runInterruption";
import { printTable } from "../../support/table";

/** Moments for each kill and change: 24 kills in all. */
const POINTS_EACH = 3;

/** How many applies run at once. */
const AT_ONCE = 2;

/**
 * Kills applies of 50 ids on a real engine, repairs them, and prints what it took: `npm run test:kills`, or
 * `npm run test:kills -- 7` for other moments than those of seed 1.
 */
async function main(seed: number): Promise<number> {
  const started = Date.now();
  const planned = plans(POINTS_EACH, seededRandom(seed));
  const outcomes = await inParallel(planned, runInterruption);
  const changed = await inParallel(EDITS_AFTER_INTERRUPT, editAfterInterrupt);
  const header = ["kill", "moment", "the engine said", "what it took", "calls of that up", ""];
  printTable([
    header,
    ...planned.map((plan, index) => [plan.interruption, pointName(plan), ...outcomeColumns(outcomes[index])]),
  ]);
  console.log("");
  const editHeader = ["killed", "and before the next up", "left active", "what it took", ""];
  printTable([
    editHeader,
    ...changed.map(({ name, then, leftActive, needed, wrong }) => [
      name,
      then,
      leftActive,
      needed.join(", "),
      formatProblems(wrong),
    ]),
  ]);
  const wrong = [...outcomes, ...changed].filter((outcome) => outcome.wrong.length > 0).length;
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`\nseed ${seed}: ${planned.length + changed.length} kills in ${seconds} s, ${wrong} wrong`);
  return wrong === 0 ? 0 : 1;
}

function outcomeColumns(outcome: Outcome | undefined): readonly string[] {
  if (!outcome) return [];
  const { messages, needed, calls, wrong } = outcome;
  return [messages.join(", ") || "nothing", needed.join(", "), calls, formatProblems(wrong)];
}

function formatProblems(wrong: readonly string[]): string {
  return wrong.length === 0 ? "ok" : `NOT SO: ${wrong.join("; ")}`;
}

/** @returns the results in the order of the items. */
async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results = new Map<number, R>();
  const waiting = items.map((item, index) => ({ item, index }));
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      results.set(next.index, await work(next.item));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}

void main(Number(process.argv[2] ?? 1)).then((exitCode) => {
  process.exitCode = exitCode;
});
