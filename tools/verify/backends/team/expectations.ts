import type { CommandResult } from "../../../../test/engine/stack";

/** Collects the expectations of a scenario that were not met. */
export class Expectations {
  readonly problems: string[] = [];
  private checked = 0;

  constructor(private readonly scenario: string) {}

  /** How many expectations were checked. */
  get count(): number {
    return this.checked;
  }

  that(holds: boolean, expectation: string, found?: unknown): void {
    this.checked += 1;
    if (holds) return;
    const detail =
      found === undefined ? "" : `, but: ${typeof found === "string" ? found : JSON.stringify(found)}`;
    this.problems.push(`${this.scenario}: ${expectation}${detail}`);
  }

  isSameSet(actual: readonly string[] | undefined, expected: readonly string[], what: string): void {
    this.that(actual?.toSorted().join() === expected.toSorted().join(), what, actual ?? "an unmanaged id");
  }

  succeeded({ exitCode, output }: CommandResult, what: string): void {
    this.that(exitCode === 0, `${what} succeeds`, output);
  }
}
