import { cancellation, wait } from "../shared/cancellation";
import { warnOnce } from "../shared/log";
import { machineClock } from "./machineClock";
import type { SharedRun } from "./sharedRun";

/**
 * How long, in milliseconds, no resource must have been checked or read before an id counts as declared by none. The
 * engine checks the resources that a program registers at the same time right after one another.
 */
export const QUIET_MS = 100;

/** The same before an operation is rejected because nothing was declared: a busy machine takes longer. */
const PATIENT_QUIET_MS = 2_000;

/** How long, in milliseconds, to wait at most for checks that do not end. */
const MAX_WAIT_MS = 30_000;

/** Detects when the engine has checked or read all resources that come at the same time. */
export class CheckMonitor {
  private running = 0;
  private lastAt = 0;

  /** @param run the other processes. */
  constructor(private readonly run: SharedRun) {
    run.setChecks(() => ({ running: this.running, lastAt: this.lastAt }));
  }

  /** Runs the check of a resource. */
  async watch<T>(check: () => Promise<T>): Promise<T> {
    this.running += 1;
    try {
      return await check();
    } finally {
      this.running -= 1;
      this.note();
    }
  }

  /** Notes that a resource is read. */
  note(): void {
    this.lastAt = machineClock();
  }

  /**
   * Waits until no check runs and none has ended recently, for a limited time. Ends at once when the user cancels.
   * @param isPatient whether to wait longer, because an operation would otherwise be rejected.
   */
  async quiet(isPatient = false): Promise<void> {
    const quietMs = isPatient ? PATIENT_QUIET_MS : QUIET_MS;
    const deadline = machineClock() + MAX_WAIT_MS;
    for (let leftMs = await this.leftMs(quietMs); leftMs > 0; leftMs = await this.leftMs(quietMs)) {
      if (machineClock() > deadline) {
        warnOnce(
          `the check of another resource has not ended for ${MAX_WAIT_MS / 1000} s. If it declares an id that this ` +
            "update deactivates, run `pulumi up` again.",
        );
        return;
      }
      if (!(await wait(leftMs, cancellation()))) return;
    }
  }

  private async leftMs(quietMs: number): Promise<number> {
    const others = await this.run.others();
    const all = [...others.map(({ checks }) => checks), { running: this.running, lastAt: this.lastAt }];
    if (all.some(({ running }) => running > 0)) return QUIET_MS;
    const declaredAt = others.map(({ program }) => program?.lastAt ?? 0);
    return Math.max(...all.map(({ lastAt }) => lastAt), ...declaredAt) + quietMs - machineClock();
  }
}
