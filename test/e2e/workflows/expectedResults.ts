/** The expected results of a workflow. The output of its scripts is shown otherwise. */
export const PASSED = { failure: undefined };
export const FAILED = { failure: expect.any(String) as string };

/** The file with the set of the program under test. */
export function declare(certificateIds: readonly string[], rest: object = {}): Record<string, string> {
  return { "set.json": JSON.stringify({ certificateIds, ...rest }) };
}
