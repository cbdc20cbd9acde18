import { startEmulator } from "../../test/emulator";
import { EngineNotFound, findEngine } from "../../test/engine/findEngine";
import { createSandbox } from "../../test/engine/sandbox";
import { printTable } from "./budgetTable";
import type { StepResult } from "./budgetTable";
import { RootStack } from "./rootStack";
import { FLEET, seedOf, STEPS } from "./steps";

/** Runs the lifecycle of an activation with the real engine against the emulator: `npm run demo`. */
async function main(): Promise<number> {
  const engine = await findEngine();
  const emulator = await startEmulator();
  const sandbox = await createSandbox({ engine });
  try {
    emulator.seed(FLEET.map(seedOf));
    console.log(`pulumi ${engine.version}; the API is an emulator at ${emulator.url}`);
    const stack = await RootStack.init(engine, sandbox, {
      OPENAI_BASE_URL: emulator.url,
      OPENAI_ADMIN_KEY: emulator.adminKey,
    });
    const results: StepResult[] = [];
    for (const [index, step] of STEPS.entries()) {
      console.log(`\n──── ${index + 1}. ${step.title}\n     ${step.description}\n`);
      emulator.clearLog();
      const problem = await step.run(stack, emulator);
      results.push({ title: step.title, budget: step.budget, log: [...emulator.log], problem });
    }
    return printTable(results);
  } finally {
    await sandbox.dispose();
    await emulator.close();
  }
}

main().then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    console.error(error instanceof EngineNotFound ? error.message : error);
    process.exitCode = 1;
  },
);
