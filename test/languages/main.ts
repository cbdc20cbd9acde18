import { existsSync } from "node:fs";
import { join } from "node:path";
import { startEmulator } from "../emulator/index";
import type { Engine } from "../engine/engine";
import { findEngineForAllLanguages } from "../engine/languageHosts";
import { REPOSITORY } from "../engine/packages";
import { createSandbox } from "../engine/sandbox";
import { ids } from "../support/ids";
import { runInParallel } from "../support/runInParallel";
import { printTable } from "../support/table";
import { LANGUAGES, replaceByDocumented, replaceByLookup, usePlugin } from "./languages";
import type { Language } from "./languages";
import { runLife } from "./runLife";
import type { StepResult } from "./runLife";
import { STEPS } from "./steps";

/** The number of stacks that run at the same time: one for each core of the smallest machine. */
const AT_ONCE = 2;

const PLUGIN_FOLDER = join(REPOSITORY, "test/engine/plugin");

/**
 * Runs the examples of all languages on a real engine: `npm run test:languages`, or `npm run test:languages -- go` for
 * one of them. Prints the API calls and seconds of each step, and fails if a step does anything else than it must.
 */
async function main(only: string | undefined): Promise<number> {
  if (!existsSync(join(REPOSITORY, "build/sdks")))
    throw new Error("There are no SDKs: run `npm run sdks` first.");

  const engine = await findEngineForAllLanguages((line) => {
    console.error(line);
  });
  const chosen = LANGUAGES.filter(({ name }) => only === undefined || name.toLowerCase() === only);
  if (chosen.length === 0) throw new Error(`There is no language ${only ?? ""}.`);

  const lives = await runInParallel(chosen, AT_ONCE, (language) => liveIn(language, engine));
  const results = chosen.map(({ name }, index) => ({ name, steps: lives[index] ?? [] }));
  printTable([
    ["step", ...chosen.map(({ name }) => name)],
    ...STEPS.map(({ name }, index) => [name, ...results.map(({ steps }) => cell(steps[index]))]),
  ]);
  const problems = results.flatMap(({ name, steps }) =>
    steps.flatMap((step) => step.problems.map((problem) => `${name}, ${step.name}: ${problem}`)),
  );
  for (const problem of problems) console.log(`\n${problem}`);
  console.log(
    `\npulumi ${engine.version}: ${chosen.length} languages, ${STEPS.length} steps each, ${problems.length} deviations`,
  );
  return problems.length === 0 ? 0 : 1;
}

async function liveIn(language: Language, engine: Engine): Promise<readonly StepResult[]> {
  const sandbox = await createSandbox({ engine });
  const emulator = await startEmulator();
  try {
    // Dates that do not depend on the day of the test, as long as that is before 2100.
    const valid = { createdAt: 1_700_000_000, validAt: 1_700_000_000, expiresAt: 4_102_444_800 };
    const seeded = [...ids(1, 40), "cert_abc", "cert_def"];
    emulator.seed(seeded.map((id) => ({ id, name: `name of ${id}`, ...valid })));
    const stack = await sandbox.stack({
      program: join(REPOSITORY, "examples", language.example),
      env: {
        OPENAI_BASE_URL: emulator.url,
        OPENAI_ADMIN_KEY: emulator.adminKey,
        OPENAI_RETRY_TIMEOUT_SECONDS: "0",
        ...(await language.environment?.(sandbox)),
      },
    });
    await usePlugin(stack.folder, PLUGIN_FOLDER);
    await language.install(stack.folder, sandbox);
    return await runLife({
      stack,
      emulator,
      replaceByLookup: () => replaceByLookup(stack.folder, language, PLUGIN_FOLDER),
      replaceByDocumented: (index) =>
        replaceByDocumented(stack.folder, language, index, {
          pluginFolder: PLUGIN_FOLDER,
          apiUrl: emulator.url,
        }),
    });
  } finally {
    await sandbox.dispose();
    await emulator.close();
  }
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
