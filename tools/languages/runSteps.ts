import { isDeepStrictEqual } from "node:util";
import { countCalls } from "../../test/emulator/index";
import type { Emulator } from "../../test/emulator/index";
import type { CommandResult } from "../../test/engine/stack";
import type { Calls, StackWithApi, Step } from "./steps";

/** What one step did. */
export interface StepResult {
  readonly name: string;
  readonly calls: Calls;
  readonly seconds: number;
  /** How it deviates from what it must do. */
  readonly problems: readonly string[];
}

/** Runs steps, up to the first one that deviates: those after it depend on it. */
export async function runSteps<L extends StackWithApi>(
  steps: readonly Step<L>[],
  target: L,
): Promise<readonly StepResult[]> {
  const results: StepResult[] = [];
  for (const step of steps) {
    const result = await runStep(step, target);
    results.push(result);
    if (result.problems.length > 0) break;
  }
  return results;
}

async function runStep<L extends StackWithApi>(step: Step<L>, target: L): Promise<StepResult> {
  const { stack, emulator } = target;
  await step.before?.(target);
  emulator.clearLog();
  const result = await step.command(stack, target);
  const calls = countCalls(emulator.log);
  const outputs = step.outputs === undefined ? {} : await stack.outputs();
  const expected = Object.entries(step.outputs ?? {});
  return {
    name: step.name,
    calls,
    seconds: result.seconds,
    problems: [
      ...deviation("active certificates", emulator.activeIds(), activeAfter(step, emulator)),
      ...(step.calls === undefined ? [] : deviation("API calls", calls, step.calls)),
      ...(step.shows === undefined ? [] : deviation("ids in the diff", changedIds(result), step.shows)),
      ...expected.flatMap(([name, value]) => deviation(`output ${name}`, outputs[name], value)),
      ...(hasFailed(result) === (step.fails ?? false)
        ? []
        : [`pulumi ended unexpectedly:\n${result.output}`]),
    ],
  };
}

function activeAfter({ active }: Pick<Step, "active">, emulator: Emulator): readonly string[] {
  return typeof active === "function" ? active(emulator) : active;
}

function hasFailed({ exitCode }: CommandResult): boolean {
  return exitCode !== 0;
}

function deviation(what: string, actual: unknown, expected: unknown): readonly string[] {
  if (isDeepStrictEqual(actual, expected)) return [];
  return [`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`];
}

/** The ids in the elements of lists that a diff shows as added, deleted or changed, sorted. */
function changedIds({ output }: CommandResult): readonly string[] {
  const changed = output.split("\n").filter((line) => /^\s*[-+~] \[\d+\]: /.test(line));
  return changed.flatMap((line) => [...line.matchAll(/cert_\d+/g)].map(([id]) => id)).sort();
}
