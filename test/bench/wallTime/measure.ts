import { startEmulator } from "../../emulator";
import type { Emulator } from "../../emulator";
import type { Sandbox } from "../../engine/sandbox";
import type { Stack } from "../../engine/stack";
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
}

/** A subject with its stack and its own API, so that subjects do not disturb one another. */
interface Measured {
  readonly subject: Subject;
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
  const times = OPERATIONS.map((operation) => ({ operation, seconds: subjects.map((): number[] => []) }));
  try {
    for (let round = 0; round <= rounds; round += 1) {
      log(`wall time, latency ${latencyMs} ms: round ${round} of ${rounds}`);
      for (const { operation, seconds } of times) {
        for (const each of orderOf(measured, round)) {
          const taken = await run(each, operation);
          if (round > 0) seconds[measured.indexOf(each)]?.push(taken);
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
  return { subject, stack: await createStack(sandbox, subject), emulator };
}

/** @returns the seconds that the command took. @throws Error when it made another number of calls than expected. */
async function run({ subject, stack, emulator }: Measured, operation: Operation): Promise<number> {
  await declare(stack, { ids: operation.declared });
  emulator.clearLog();
  const { seconds } = await runCommand(stack, operation.command, connectTo(emulator));
  const expected = subject.kind === "empty" ? 0 : operation.calls;
  const calls = emulator.log.length;
  if (calls === expected || subject.checkout !== undefined) return seconds;
  throw new Error(`${operation.name}: ${calls} API calls instead of ${expected}.`);
}
