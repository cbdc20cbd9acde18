import * as v from "valibot";

const report = v.object({
  complete: v.boolean(),
  operations: v.object({ selected: v.number(), tested: v.number(), errored: v.number() }),
  test_cases: v.object({ generated: v.number() }),
  failures: v.array(v.object({ title: v.string(), operations: v.array(v.string()) })),
});

/** What the fuzzer reports of a run. */
export interface FuzzReport {
  readonly cases: number;
  readonly operations: number;
  readonly problems: readonly string[];
}

/** Reads the fuzzer's report in JSON. A run that tested nothing, or not everything, is a problem, too. */
export function parseFuzzReport(text: string): FuzzReport {
  const { complete, operations, test_cases, failures } = v.parse(report, JSON.parse(text));
  return {
    cases: test_cases.generated,
    operations: operations.tested,
    problems: [
      ...(complete ? [] : ["The run is not complete."]),
      ...(operations.errored > 0 ? [`${operations.errored} operations could not be tested.`] : []),
      ...(test_cases.generated === 0 ? ["No test case was generated."] : []),
      ...failures.map(({ title, operations: where }) => `${title}: ${where.join(", ")}`),
    ],
  };
}
