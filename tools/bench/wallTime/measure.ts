import { startEmulator } from "../../../test/emulator";
import type { Emulator } from "../../../test/emulator";
import type { Sandbox } from "../../../test/engine/sandbox";
import type { Stack } from "../../../test/engine/stack";
import { connectTo } from "../benchSandbox";
import { createStack, declare, runCommand } from "../program";
import { orderOf } from "../rounds";
import type { Subject } from "../subject";
import { OPERATIONS, UPLOADED } from "./operations";
import type { Operation } from "./operations";

/** The wall times of one operation. */
export interface OperationTimes {
  readonly operation: Operation;
  /** Seconds in each round, for each subject in their order. */
  readonly seconds: readonly (readonly number[])[];
  /** The most API calls in a round, for each subject. */
  readonly calls: readonly number[];
}

/** A subject with its stack and its own API, so that subjects do not disturb one another. */
interface Measured {
  readonly stack: Stack;
  readonly emulator: Emulator;
}

export interface Conditions {
  readonly rounds: number;
  readonly latencyMs: number;
}

/** Runs all operations of all subjects in turn. One round more comes first, and is not counted. */
export async function measureOperations(
  sandbox: Sandbox,
  subjects: readonly Subject[],
  { rounds, latencyMs }: Conditions,
  log: (line: string) => void,
): Promise<readonly OperationTimes[]> {
  const measured = await Promise.all(subjects.map((subject) => setUp(sandbox, subject, latencyMs)));
  const times = OPERATIONS.map((operation) => ({
    operation,
    seconds: subjects.map((): number[] => []),
    calls: subjects.map(() => 0),
  }));
  try {
    for (let round = 0; round <= rounds; round += 1) {
      log(`wall time, latency ${latencyMs} ms: round ${round} of ${rounds}`);
      for (const { operation, seconds, calls } of times) {
        for (const each of orderOf(measured, round)) {
          const index = measured.indexOf(each);
          const taken = await run(each, operation);
          if (round > 0) seconds[index]?.push(taken);
          calls[index] = Math.max(calls[index] ?? 0, each.emulator.log.length);
        }
      }
    }
  } finally {
    await Promise.all(measured.map(({ emulator }) => emulator.close()));
  }
  return times;
}

async function setUp(sandbox: Sandbox, subject: Subject, latencyMs: number): Promise<Measured> {
  const emulator = await startEmulator({ latencyMs });
  emulator.seed(UPLOADED.map((id) => ({ id })));
  return { stack: await createStack(sandbox, subject), emulator };
}

/** @returns the seconds that the command took. */
async function run({ stack, emulator }: Measured, { command, declared }: Operation): Promise<number> {
  await declare(stack, { ids: declared });
  emulator.clearLog();
  const { seconds } = await runCommand(stack, command, connectTo(emulator));
  return seconds;
}
