import { isObject } from "../../../../provider/shared/isObject";
import type { LoggedCall } from "../../../../test/emulator/index";
import type { Outcome, Step } from "./step";

/** Values of earlier steps by name. */
export type Remembered = ReadonlyMap<string, string>;

/** Replaces each text `$name` in a value by what is remembered under this name. */
export function resolve<Value>(value: Value, remembered: Remembered): Value {
  return JSON.parse(JSON.stringify(value), (_, part: unknown) => {
    if (typeof part !== "string" || !part.startsWith("$")) return part;
    const known = remembered.get(part.slice(1));
    if (known === undefined) throw new Error(`No step remembers ${part}.`);
    return known;
  }) as Value;
}

/** What differs from the expectations of a step, a sentence each. `step` is resolved. */
export function problemsOf(step: Step, outcome: Outcome, calls: readonly LoggedCall[]): readonly string[] {
  const { value, error } = outcome;
  const status = step.error?.status ?? 200;
  return [
    ...(step.error === undefined && error ? [`failed: ${JSON.stringify(error)}`] : []),
    ...(step.error && !error ? [`succeeded: ${JSON.stringify(value)}`] : []),
    ...(step.error && error ? differences(step.error, error, "error") : []),
    ...(step.value !== undefined && !error ? differences(step.value, value, "value") : []),
    ...(step.absent ?? [])
      .filter((path) => at(value, path) !== undefined)
      .map((path) => `value.${path} is ${JSON.stringify(at(value, path))}, expected to be absent`),
    ...differences(
      step.statuses ?? [status],
      calls.map((call) => call.status),
      "statuses",
    ),
    ...(outcome.typeProblems ?? []),
  ];
}

/** Where `actual` lacks a property of `expected` or has another value. It may have further properties. */
function differences(expected: unknown, actual: unknown, path: string): readonly string[] {
  if (Array.isArray(expected)) {
    const list: readonly unknown[] = expected;
    if (!Array.isArray(actual) || actual.length !== list.length) return [differs(expected, actual, path)];
    return list.flatMap((each, index) => differences(each, actual[index], `${path}[${index}]`));
  }
  if (isObject(expected)) {
    if (!isObject(actual)) return [differs(expected, actual, path)];
    return Object.entries(expected).flatMap(([name, each]) =>
      differences(each, actual[name], `${path}.${name}`),
    );
  }
  return expected === actual ? [] : [differs(expected, actual, path)];
}

const differs = (expected: unknown, actual: unknown, path: string): string =>
  `${path} is ${actual === undefined ? "absent" : JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`;

function at(value: unknown, path: string): unknown {
  let found = value;
  for (const name of path.split(".")) found = isObject(found) ? (found[name] ?? undefined) : undefined;
  return found;
}
