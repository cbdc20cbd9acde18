/** The time that one operation may spend on waiting for other tries. Waiting in line before a first try is free. */
export class RetryBudget {
  private spentMs = 0;

  /** @param totalSeconds 0 means one try and no other. */
  constructor(readonly totalSeconds: number) {}

  /** Takes a wait from the budget. @returns false, and takes nothing, when less than that is left. */
  spend(milliseconds: number): boolean {
    if (this.totalSeconds === 0 || this.spentMs + milliseconds > this.totalSeconds * 1000) return false;
    this.spentMs += milliseconds;
    return true;
  }
}
