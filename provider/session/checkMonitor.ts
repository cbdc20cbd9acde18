import { setTimeout as sleep } from "node:timers/promises";
import type { SharedRun } from "./sharedRun";

/**
 * How long, in milliseconds, no resource must have been checked before an id counts as declared by none. The engine
 * checks the resources that a program registers at the same time right after one another.
 */
const QUIET_MS = 100;

/** Detects when the engine has checked all resources that a program registers at the same time. */
export class CheckMonitor {
  private running = 0;
  private lastEndedAt = -Infinity;

  /** @param run the checks of other processes. */
  constructor(private readonly run: SharedRun) {}

  /** Runs the check of a resource. */
  async watch<T>(check: () => Promise<T>): Promise<T> {
    this.running += 1;
    this.run.reportCheck("check started");
    try {
      return await check();
    } finally {
      this.running -= 1;
      this.lastEndedAt = performance.now();
      this.run.reportCheck("check ended");
    }
  }

  /** Waits until no check runs and none has ended recently. */
  async quiet(): Promise<void> {
    for (let leftMs = this.leftMs(); leftMs > 0; leftMs = this.leftMs()) await sleep(leftMs);
  }

  private leftMs(): number {
    const elsewhere = this.run.checks();
    if (this.running > 0 || elsewhere.running > 0) return QUIET_MS;
    return Math.max(this.lastEndedAt, elsewhere.lastSeenAt) + QUIET_MS - performance.now();
  }
}
