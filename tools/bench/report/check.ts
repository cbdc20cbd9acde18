/** The value that a measurement must not exceed. */
export interface Limit {
  readonly atMost: number;
  /** How far noise may carry a measurement above the limit before the check fails. */
  readonly room: number;
}

/** A measurement and its limit. */
export interface Check {
  /** What was measured, with its unit. */
  readonly name: string;
  readonly measured: number;
  readonly limit: Limit;
}

/** Whether a measurement keeps its limit, with the room for noise. */
function passes({ measured, limit }: Check): boolean {
  return measured <= limit.atMost + limit.room;
}

/** Describes each check that does not pass. */
export function describeFailures(checks: readonly Check[]): readonly string[] {
  return checks
    .filter((check) => !passes(check))
    .map(({ name, measured, limit }) => `${name}: ${rounded(measured)}, limit ${describeLimit(limit)}`);
}

/** A limit as text: "1.05 + 0.05 for noise". */
export function describeLimit({ atMost, room }: Limit): string {
  return room === 0 ? String(atMost) : `${atMost} + ${room} for noise`;
}

function rounded(value: number): string {
  return String(Number(value.toFixed(3)));
}
