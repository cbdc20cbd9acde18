import type { Engine } from "../../test/engine/engine";
import { inSandbox, PLUGIN_FOLDER } from "./inSandbox";
import type { Language } from "./languages";
import { replaceByDocumented, replaceByLookup, usePlugin } from "./programFiles";
import { runSteps } from "./runSteps";
import type { StepResult } from "./runSteps";
import { DOCUMENTED_STEPS, STEPS } from "./steps";
import type { Step } from "./steps";

/** Runs the lifecycle of a stack of a language's example. */
export function runLifecycle(language: Language, engine: Engine): Promise<readonly StepResult[]> {
  return inSandbox(engine, language, async ({ stack, emulator }, sandbox) => {
    await usePlugin(stack.folder, PLUGIN_FOLDER);
    await language.install(stack.folder, sandbox);
    return runSteps(stepsOf(language), {
      stack,
      emulator,
      replaceByLookup: () => replaceByLookup(stack.folder, language, PLUGIN_FOLDER),
      replaceByDocumented: (index, page = "docs/languages.md") =>
        replaceByDocumented(
          stack.folder,
          language,
          { page, index },
          {
            pluginFolder: PLUGIN_FOLDER,
            apiUrl: emulator.url,
          },
        ),
    });
  });
}

function stepsOf({ codeBlocks }: Language): readonly Step[] {
  return codeBlocks === undefined ? STEPS : [...STEPS, ...DOCUMENTED_STEPS];
}
