import { runLife } from "../../languages/runLife";
import type { StepResult } from "../../languages/runLife";
import type { Life, Step } from "../../languages/steps";
import type { Finding } from "../judgement";
import type { Case } from "./case";
import { examineInstalled } from "./installed";

/** What every case does, with the API calls that each command must make. */
const STEPS: readonly Step<Life>[] = [
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
export function runCase(case_: Case, tarball: string): Promise<Finding> {
  const { refusedWith } = case_;
  return examineInstalled(case_, tarball, async (life) =>
    refusedWith === undefined ? findingOf(await runLife(STEPS, life)) : refuse(life, refusedWith),
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

async function refuse({ stack, emulator }: Life, message: RegExp): Promise<Finding> {
  const { exitCode, output } = await stack.up();
  const problems = [
    ...(exitCode === 0 ? ["up succeeded"] : []),
    ...(message.test(output) ? [] : [`up did not print ${String(message)}:\n${output}`]),
    ...(emulator.log.length === 0 ? [] : ["up called the API"]),
  ];
  return { figures: "rejected with the documented message, no call", problems };
}
