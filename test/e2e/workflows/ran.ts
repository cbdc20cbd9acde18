/** What a workflow is expected to end with. What its scripts wrote is shown when it did not. */
export const PASSED = { failure: undefined };
export const FAILED = { failure: expect.any(String) as string };

/** The file from which the program under test takes its set. */
export function declare(certificateIds: readonly string[], rest: object = {}): Record<string, string> {
  return { "set.json": JSON.stringify({ certificateIds, ...rest }) };
}
