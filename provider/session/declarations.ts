import { setTimeout as sleep } from "node:timers/promises";

/**
 * How long, in milliseconds, no resource must have been checked before an id counts as declared by none. The engine
 * checks the resources that a program registers at the same time right after one another.
 */
const QUIET_MS = 100;

/**
 * What the resources of the running program declare in one scope: an id that one of them declares is never deactivated
 * for another. One for each run, because the engine starts a new process for each preview and each update.
 */
export class Declarations {
  private readonly ids = new Set<string>();
  private readonly deactivatedIds = new Set<string>();
  private readonly announcedIds = new Set<string>();

  /** Ids that the resources declare which the engine has checked so far. */
  get declared(): ReadonlySet<string> {
    return this.ids;
  }

  /** Ids that this process has, or may have, deactivated and not activated again. */
  get deactivated(): ReadonlySet<string> {
    return this.deactivatedIds;
  }

  /** Ids of which this process has logged that they will be deactivated. */
  get announced(): ReadonlySet<string> {
    return this.announcedIds;
  }

  declare(ids: Iterable<string>): void {
    for (const id of ids) this.ids.add(id);
  }

  announceDeactivation(ids: Iterable<string>): void {
    for (const id of ids) this.announcedIds.add(id);
  }

  /** Records the change that a call is about to request, regardless of its response. */
  record(action: "activate" | "deactivate", ids: readonly string[]): void {
    for (const id of ids) {
      if (action === "deactivate") this.deactivatedIds.add(id);
      else this.deactivatedIds.delete(id);
    }
  }
}

/** Detects when the engine has checked all resources that a program registers at the same time. */
export class CheckMonitor {
  private running = 0;
  private lastEndedAt = -Infinity;

  async run<T>(check: () => Promise<T>): Promise<T> {
    this.running += 1;
    try {
      return await check();
    } finally {
      this.running -= 1;
      this.lastEndedAt = performance.now();
    }
  }

  /** Waits until no check runs and none has ended recently. */
  async quiet(): Promise<void> {
    for (let leftMs = this.leftMs(); leftMs > 0; leftMs = this.leftMs()) await sleep(leftMs);
  }

  private leftMs(): number {
    if (this.running > 0) return QUIET_MS;
    return this.lastEndedAt + QUIET_MS - performance.now();
  }
}
