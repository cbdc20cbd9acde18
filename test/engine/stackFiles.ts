import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse, parseDocument } from "yaml";
import type { StateFile } from "./engineOutput";

/** The name in a program's Pulumi.yaml. */
export async function readProjectName(folder: string): Promise<string> {
  const { name } = parse(await readFile(join(folder, "Pulumi.yaml"), "utf8")) as { name: string };
  return name;
}

/** Adds plain values to a stack's configuration file, as `pulumi config set-all --plaintext` does. */
export async function writeConfig(
  folder: string,
  stack: string,
  config: Readonly<Record<string, string>>,
): Promise<void> {
  const project = await readProjectName(folder);
  const file = join(folder, `Pulumi.${stack}.yaml`);
  const document = parseDocument(await readFile(file, "utf8"));
  for (const [key, value] of Object.entries(config))
    document.setIn(["config", key.includes(":") ? key : `${project}:${key}`], value);

  await writeFile(file, document.toString({ lineWidth: 0 }));
}

/** Reads a state from the file in which a file backend keeps it. */
export async function readState(backend: string, project: string, stack: string): Promise<StateFile> {
  const file = join(fileURLToPath(backend), ".pulumi/stacks", project, `${stack}.json`);
  const { version, checkpoint } = JSON.parse(await readFile(file, "utf8")) as StoredState;
  return { version, deployment: checkpoint.latest ?? {} };
}

interface StoredState {
  readonly version: number;
  /** Without `latest` when the stack was never updated. */
  readonly checkpoint: { readonly latest?: StateFile["deployment"] };
}
