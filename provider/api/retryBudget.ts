/** The time that one operation may spend on waiting for retries. Waiting before a first attempt does not count. */
export class RetryBudget {
  private spentMs = 0;

  /** @param totalSeconds 0 means a single attempt. */
  constructor(readonly totalSeconds: number) {}

  /** Subtracts a wait from the budget. @returns false, and subtracts nothing, when less than that is left. */
  spend(milliseconds: number): boolean {
    if (this.totalSeconds === 0 || this.spentMs + milliseconds > this.totalSeconds * 1000) return false;
    this.spentMs += milliseconds;
    return true;
  }
}
