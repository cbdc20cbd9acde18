import { join } from "node:path";
import { REPOSITORY } from "../../../test/engine/packages";
import { runProcess } from "../../../test/engine/process";
import { connectTo } from "../benchSandbox";
import type { CallCase } from "./cases";
import { MeasuredApi } from "./measuredApi";
import type { CallCount } from "./measuredApi";
import { scaledClock } from "./rateLimit";
import type { RateLimit } from "./rateLimit";

const SCRIPT = join(__dirname, "activateByScript.mjs");

/** The calls of a script, and whether it ended before it had made all changes. */
export interface ScriptCallCount extends CallCount {
  readonly stopped: boolean;
}

/** Counts the calls of the script with the official client. @param size ids in each call. */
export async function callsByScript(
  { before, declared, script }: CallCase,
  size: number,
  limit?: RateLimit,
): Promise<ScriptCallCount> {
  const api = await MeasuredApi.start(before, declared, limit);
  let stopped = false;
  const count = await api.count(async (emulator) => {
    const { exitCode, output } = await runProcess(
      process.execPath,
      [SCRIPT, JSON.stringify({ ...script, size })],
      {
        cwd: REPOSITORY,
        env: { ...process.env, ...connectTo(emulator), ...scaledClock(limit) },
      },
    );
    stopped = exitCode !== 0;
    if (stopped && !output.includes("RateLimitError")) throw new Error(`The script failed:\n${output}`);
  });
  return { ...count, stopped };
}
