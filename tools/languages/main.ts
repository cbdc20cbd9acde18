import { join } from "node:path";
import type { Engine } from "../../test/engine/engine";
import { findEngineForAllLanguages } from "../../test/engine/languageHosts";
import { REPOSITORY } from "../../test/engine/packages";
import { runInParallel } from "../../test/support/runInParallel";
import { printTable } from "../../test/support/table";
import { DIRECT_STEPS } from "./directSteps";
import { inSandbox } from "./inSandbox";
import { LANGUAGES } from "./languages";
import { runLifecycle } from "./runLifecycle";
import { runSteps } from "./runSteps";
import type { StepResult } from "./runSteps";
import { DOCUMENTED_STEPS, STEPS } from "./steps";

/** The number of stacks that run at the same time: one for each core of the smallest machine. */
const AT_ONCE = 2;

/**
 * Generates the SDKs and runs the programs of all languages on a real engine: `npm run test:languages`, or for one
 * language `npm run test:languages -- go`. Prints the API calls and seconds of each step, and fails if a step does anything else than it must.
 */
async function main(only: string | undefined): Promise<number> {
  const engine = await findEngineForAllLanguages((line) => {
    console.error(line);
  });
  const chosen = LANGUAGES.filter(({ id }) => only === undefined || id === only);
  if (chosen.length === 0) throw new Error(`There is no language ${only ?? ""}.`);

  const lifecycles = await runInParallel(chosen, AT_ONCE, (language) => runLifecycle(language, engine));
  const results = chosen.map(({ name }, index) => ({ name, steps: lifecycles[index] ?? [] }));
  printTable([
    ["step", ...chosen.map(({ name }) => name)],
    ...[...STEPS, ...DOCUMENTED_STEPS].map(({ name }, index) => [
      name,
      ...results.map(({ steps }) => cell(steps[index])),
    ]),
  ]);
  const direct = await runDirect(engine);
  console.log("");
  printTable([["pulumi do", ""], ...direct.map((step) => [step.name, cell(step)])]);
  const problems = [...results, { name: "pulumi do", steps: direct }].flatMap(({ name, steps }) =>
    steps.flatMap((step) => step.problems.map((problem) => `${name}, ${step.name}: ${problem}`)),
  );
  for (const problem of problems) console.log(`\n${problem}`);
  console.log(
    `\npulumi ${engine.version}: programs of ${chosen.length} kinds and pulumi do, ${problems.length} deviations`,
  );
  return problems.length === 0 ? 0 : 1;
}

/** Runs `pulumi do` in the project of an example, which it only uses for its name. */
function runDirect(engine: Engine): Promise<readonly StepResult[]> {
  const program = join(REPOSITORY, "examples/activation-yaml");
  return inSandbox(engine, { program }, (target) => runSteps(DIRECT_STEPS, target));
}

/** The calls and the seconds of a step, such as `list 1, activate 2 (2.1 s)`. */
function cell(step: StepResult | undefined): string {
  if (!step) return "not run";
  const calls = Object.entries(step.calls).map(([endpoint, count]) => `${endpoint} ${count}`);
  const result = step.problems.length === 0 ? "" : " FAILED";
  return `${calls.join(", ") || "no call"} (${step.seconds.toFixed(1)} s)${result}`;
}

main(process.argv[2]).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
