import { createRequire } from "node:module";
import { join } from "node:path";
import { RunError } from "@pulumi/pulumi";

/** What the text in the state loads: see serializedProvider.ts. */
const PROVIDER = "pulumi-openai-certificates/provider";

/** The script with which Pulumi runs a program. Tests with mocks, and programs of the Automation API, run in another one. */
const PROGRAM_PROCESS = /@pulumi[\\/]pulumi[\\/]cmd[\\/]run\b/;

/**
 * Pulumi starts the provider process in the folder of the program. With the layout of pnpm, that process finds only what
 * the program itself depends on, and reports anything else as a missing module, without a remedy.
 * @throws RunError when the provider process would not find this package.
 */
export function requireDirectDependency(
  script: string | undefined = require.main?.filename,
  folder: string = process.cwd(),
): void {
  if (script === undefined || !PROGRAM_PROCESS.test(script)) return;
  try {
    createRequire(join(folder, "package.json")).resolve(PROVIDER);
  } catch {
    throw new RunError(
      `The provider process cannot load pulumi-openai-certificates from ${folder}, because the program depends on it only ` +
        "through another package. Add pulumi-openai-certificates as a direct dependency to the package.json of the " +
        "program, install the dependencies, and try again.",
    );
  }
}
