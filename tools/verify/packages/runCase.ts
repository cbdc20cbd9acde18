import { runSteps } from "../../languages/runSteps";
import type { StepResult } from "../../languages/runSteps";
import type { StackWithApi, Step } from "../../languages/steps";
import type { Finding } from "../check";
import type { Case } from "./case";
import { runInstalled } from "./installed";

/** What every case does, with the API calls that each command must make. */
const STEPS: readonly Step<StackWithApi>[] = [
  {
    name: "up",
    command: (stack) => stack.up(),
    calls: { list: 1, activate: 1 },
    active: ["cert_01", "cert_02"],
    outputs: { enforced: true },
  },
  {
    name: "refresh",
    command: (stack) => stack.refresh("--expect-no-changes"),
    calls: { list: 1 },
    active: ["cert_01", "cert_02"],
  },
  {
    name: "destroy",
    command: (stack) => stack.destroy(),
    calls: { list: 1, deactivate: 1 },
    active: [],
  },
];

/** Installs the package as a case describes, and runs the program from the first `up` to `destroy`. */
export function runCase(testCase: Case, tarball: string): Promise<Finding> {
  const { rejectedWith } = testCase;
  return runInstalled(testCase, tarball, async (target) =>
    rejectedWith === undefined
      ? findingOf(await runSteps(STEPS, target))
      : expectRejection(target, rejectedWith),
  );
}

/** The API calls of each step, and how the steps deviated. */
export function findingOf(results: readonly StepResult[]): Finding {
  return {
    figures: results.map(({ name, calls }) => `${name}: ${describeCalls(calls)}`).join("; "),
    problems: results.flatMap(({ name, problems }) => problems.map((problem) => `${name}: ${problem}`)),
  };
}

function describeCalls(calls: StepResult["calls"]): string {
  const counts = Object.entries(calls).map(([endpoint, count]) => `${count} ${endpoint}`);
  return counts.join(", ") || "no call";
}

async function expectRejection({ stack, emulator }: StackWithApi, message: RegExp): Promise<Finding> {
  const { exitCode, output } = await stack.up();
  const problems = [
    ...(exitCode === 0 ? ["up succeeded"] : []),
    ...(message.test(output) ? [] : [`up did not print ${String(message)}:\n${output}`]),
    ...(emulator.log.length === 0 ? [] : ["up called the API"]),
  ];
  return { figures: "rejected with the documented message, no call", problems };
}
