import { chmod, cp, mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { linkPackages, repository } from "../engine/packages";

/** A copy of the example's policy pack that the engine of the tests can start. */
export interface PolicyPackCopy {
  readonly folder: string;
  /** Belongs on PATH. */
  readonly bin: string;
}

/**
 * Copies the example's policy pack. An engine leaves the start of a pack to the language host, which the one that is
 * built from sources is too old for. For a runtime without a language host the engine starts a script instead, and the
 * vendor's own script for Node is one line: so the copy names such a runtime, and all else is as a user has it.
 */
export async function copyPolicyPack(parent: string): Promise<PolicyPackCopy> {
  const folder = join(parent, "policy");
  const bin = join(parent, "policy-bin");
  await cp(join(repository, "examples/policy"), folder, {
    recursive: true,
    filter: (source) => basename(source) !== "node_modules",
  });
  await writeFile(join(folder, "PulumiPolicy.yaml"), "runtime: node-by-script\n");
  await linkPackages(folder);
  await mkdir(bin);
  const script = join(bin, "pulumi-analyzer-policy-node-by-script");
  const main = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
  await writeFile(script, `#!/bin/sh\nexec node "${main}" "$@"\n`);
  await chmod(script, 0o755);
  return { folder, bin };
}
