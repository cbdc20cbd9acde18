import { chmod, cp, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { linkPackages, REPOSITORY } from "../engine/packages";

/**
 * Starts the pack in whose folder it lies, as the language host for Node does: `$1` is the engine's address. The
 * working directory matters, because the SDK looks for the pack's tsconfig.json there.
 */
const START_SCRIPT = `#!/bin/sh
cd "$(dirname "$0")" && exec node node_modules/@pulumi/pulumi/cmd/run-policy-pack "$1" .
`;

/**
 * Copies the example's policy pack and adds an executable that starts it. `--policy-pack` takes a folder, whose pack the
 * engine lets the language host start, or an executable, which the engine starts itself. The tests need the second: the
 * language host that they build from source is older than the engine and cannot start packs.
 * @returns the path for `--policy-pack`.
 */
export async function copyPolicyPack(parent: string): Promise<string> {
  const folder = join(parent, "policy");
  await cp(join(REPOSITORY, "examples/policy"), folder, {
    recursive: true,
    filter: (source) => basename(source) !== "node_modules",
  });
  await linkPackages(folder);
  const script = join(folder, "start-policy-pack");
  await writeFile(script, START_SCRIPT);
  await chmod(script, 0o755);
  return script;
}

/** The names and levels of the policy violations in an output. */
export function violated(output: string): string[] {
  return [...output.matchAll(/^ +- \[(\w+)\] (?:\[severity: \w+\])? +([a-z-]+) /gm)].map(
    ([, level, name]) => `${level} ${name}`,
  );
}
