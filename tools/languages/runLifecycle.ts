import { join } from "node:path";
import { startEmulator } from "../../test/emulator/index";
import type { Engine } from "../../test/engine/engine";
import { REPOSITORY } from "../../test/engine/packages";
import { createSandbox } from "../../test/engine/sandbox";
import { ids } from "../../test/support/ids";
import type { Language } from "./languages";
import { replaceByDocumented, replaceByLookup, usePlugin } from "./programFiles";
import { runSteps } from "./runSteps";
import type { StepResult } from "./runSteps";
import { DOCUMENTED_STEPS, STEPS } from "./steps";
import type { Step } from "./steps";

const PLUGIN_FOLDER = join(REPOSITORY, "test/engine/plugin");

/** Runs the lifecycle of a stack of a language's example, in a sandbox and with an API of its own. */
export async function runLifecycle(language: Language, engine: Engine): Promise<readonly StepResult[]> {
  const sandbox = await createSandbox({ engine });
  const emulator = await startEmulator();
  try {
    // Dates that do not depend on the day of the test, as long as that is before 2100.
    const valid = { createdAt: 1_700_000_000, validAt: 1_700_000_000, expiresAt: 4_102_444_800 };
    const seeded = [...ids(1, 40), "cert_abc", "cert_def"];
    emulator.seed(seeded.map((id) => ({ id, name: `name of ${id}`, ...valid })));
    const stack = await sandbox.stack({
      program: language.program,
      env: {
        OPENAI_BASE_URL: emulator.url,
        OPENAI_ADMIN_KEY: emulator.adminKey,
        OPENAI_RETRY_TIMEOUT_SECONDS: "0",
        ...(await language.environment?.(sandbox)),
      },
    });
    await usePlugin(stack.folder, PLUGIN_FOLDER);
    await language.install(stack.folder, sandbox);
    return await runSteps(stepsOf(language), {
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

function stepsOf({ codeBlocks }: Language): readonly Step[] {
  return codeBlocks === undefined ? STEPS : [...STEPS, ...DOCUMENTED_STEPS];
}
