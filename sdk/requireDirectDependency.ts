import { createRequire } from "node:module";
import { join } from "node:path";
import { log, RunError, runtime } from "@pulumi/pulumi";

/** What the text in the state loads: see dynamicResource.ts. */
const PROVIDER = "pulumi-openai-certificates/provider";

/** The script with which Pulumi runs a program. Tests with mocks, and programs of the Automation API, run in another one. */
const PROGRAM_PROCESS = /@pulumi[\\/]pulumi[\\/]cmd[\\/]run\b/;

let logged = false;

/**
 * Pulumi starts the provider process in the folder of the program. With the layout of pnpm, that process finds only what
 * the program itself depends on, and reports anything else as a missing module, without a remedy.
 *
 * An inline program of the Automation API cannot know that folder: it is the current one, unless the workspace has a
 * `workDir`. So it logs what to do in case the update fails.
 * @throws RunError when the provider process would not find this package.
 */
export function requireDirectDependency(
  script: string | undefined = require.main?.filename,
  folder: string = process.cwd(),
): void {
  const isProgram = script !== undefined && PROGRAM_PROCESS.test(script);
  if (!isProgram && !isRunByEngine()) return;
  if (canLoadFrom(folder)) return;
  if (isProgram) {
    throw new RunError(
      `The provider process cannot load pulumi-openai-certificates from ${folder}, because the program depends on it only ` +
        "through another package. Add pulumi-openai-certificates as a direct dependency to the package.json of the " +
        "program, install the dependencies, and try again.",
    );
  }
  if (logged) return;
  logged = true;
  void log.info(
    `pulumi-openai-certificates cannot be loaded from ${folder}, where Pulumi starts the provider process of an inline ` +
      'program unless workDir is set. If this fails with "Cannot find module", pass ' +
      "`{ workDir: __dirname }`, the folder with the node_modules of the program, to LocalWorkspace, or start the " +
      "program in that folder.",
  );
}

/** Whether an engine runs this process, not mocks. `hasEngine` is false in every inline program. */
function isRunByEngine(): boolean {
  return runtime.getEngine() !== undefined;
}

function canLoadFrom(folder: string): boolean {
  try {
    createRequire(join(folder, "package.json")).resolve(PROVIDER);
    return true;
  } catch {
    return false;
  }
}
