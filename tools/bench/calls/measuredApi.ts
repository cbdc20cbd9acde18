import { startEmulator } from "../../../test/emulator";
import type { Emulator } from "../../../test/emulator";
import { rejectionsIn } from "../measurement";
import { projectIds } from "../program";
import type { Declared } from "../program";
import { UPLOADED } from "../wallTime/operations";
import type { RateLimit } from "./rateLimit";

/** The calls of one operation. */
export interface CallCount {
  /** Calls that the API accepted. */
  readonly accepted: number;
  /** Calls that the API rejected because of its rate limit. */
  readonly rejected: number;
  /** Milliseconds from the first call to the last. */
  readonly elapsedMs: number;
}

/** An emulator in which what was applied before is active. */
export class MeasuredApi {
  private constructor(
    readonly emulator: Emulator,
    private readonly times: readonly number[],
  ) {}

  static async start(
    before: Declared | undefined,
    declared: Declared,
    limit?: RateLimit,
  ): Promise<MeasuredApi> {
    const times: number[] = [];
    const emulator = await startEmulator({
      projects: "projects" in declared ? projectIds(declared.projects) : [],
      ...(limit && { throttle: limit }),
      onCall: () => times.push(performance.now()),
    });
    const active = new Set(before && "ids" in before ? before.ids : []);
    emulator.seed(UPLOADED.map((id) => ({ id, active: active.has(id) })));
    return new MeasuredApi(emulator, times);
  }

  /** Runs an operation and counts its calls. */
  async count(operation: (emulator: Emulator) => Promise<unknown>): Promise<CallCount> {
    try {
      await operation(this.emulator);
    } finally {
      await this.emulator.close();
    }
    const { log } = this.emulator;
    const rejected = rejectionsIn(log);
    const elapsedMs = (this.times.at(-1) ?? 0) - (this.times[0] ?? 0);
    return { accepted: log.length - rejected, rejected, elapsedMs };
  }
}
