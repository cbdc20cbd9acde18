import { isObject } from "../../../../provider/shared/isObject";
import { startEmulator } from "../../../../test/emulator/index";
import type { Client } from "./client";
import { problemsOf, resolve } from "./compare";
import type { Session } from "./step";

/** What came of the steps of a session. */
export interface SessionResult {
  readonly steps: number;
  readonly requests: number;
  readonly problems: readonly string[];
}

/**
 * Lets a client perform the steps of a session on an emulator of its own.
 * @param texts what `$name` stands for in addition to what the steps remember.
 */
export async function runSession(
  session: Session,
  client: Client,
  texts: Readonly<Record<string, string>>,
): Promise<SessionResult> {
  const emulator = await startEmulator(session.emulator);
  emulator.seed(session.seeds ?? []);
  const remembered = new Map(Object.entries(texts));
  const problems: string[] = [];
  let requests = 0;
  try {
    for (const unresolved of session.steps) {
      const step = resolve(unresolved, remembered);
      emulator.clearLog();
      emulator.faults.clear();
      for (const fault of step.faults ?? []) emulator.faults.add(fault);
      const outcome = await client.perform(emulator, step.request);
      requests += emulator.log.length;
      for (const problem of problemsOf(step, outcome, emulator.log))
        problems.push(`${session.title}, ${step.title}: ${problem}`);
      const { value } = outcome;
      if (step.remember !== undefined && isObject(value)) remembered.set(step.remember, String(value["id"]));
    }
  } finally {
    await emulator.close();
  }
  return { steps: session.steps.length, requests, problems };
}
