import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse, parseDocument, stringify } from "yaml";
import { encrypt } from "./encryption";
import type { StateFile } from "./engineOutput";
import { DATA_KEY, KEY_SERVER_SETTINGS } from "./keyServer";
import { ENCRYPTION_SALT, passphraseKey } from "./passphrase";

/** Where the key of a stack comes from. */
export type KeySource = "passphrase" | "key server";

/** The name in a program's Pulumi.yaml. */
export async function readProjectName(folder: string): Promise<string> {
  const { name } = parse(await readFile(join(folder, "Pulumi.yaml"), "utf8")) as { name: string };
  return name;
}

/** Makes a stack without resources in a file backend, as `pulumi stack init` does. */
export async function createStack(
  backend: string,
  folder: string,
  stack: string,
  keySource: KeySource,
): Promise<void> {
  const project = await readProjectName(folder);
  const file = stateFile(backend, project, stack);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(join(fileURLToPath(backend), ".pulumi/meta.yaml"), "version: 1\n");
  const checkpoint = { stack: `organization/${project}/${stack}` };
  await writeFile(file, JSON.stringify({ version: 3, checkpoint }));
  await writeStackFile(folder, stack, keySource);
}

/** Writes the file of a stack without configuration, as a checkout of the program contains it. */
export async function writeStackFile(folder: string, stack: string, keySource: KeySource): Promise<void> {
  const settings = keySource === "passphrase" ? { encryptionsalt: ENCRYPTION_SALT } : KEY_SERVER_SETTINGS;
  await writeFile(configFile(folder, stack), stringify(settings, { lineWidth: 0 }));
}

/** Adds values to a stack's configuration file, as `pulumi config set-all` does. */
export async function writeConfig(
  folder: string,
  stack: string,
  config: Readonly<Record<string, string>>,
  secrets: Readonly<Record<string, string>>,
): Promise<void> {
  const project = await readProjectName(folder);
  const file = configFile(folder, stack);
  const document = parseDocument(await readFile(file, "utf8"));
  const set = (name: string, value: unknown) => {
    document.setIn(["config", name.includes(":") ? name : `${project}:${name}`], value);
  };
  for (const [name, value] of Object.entries(config)) set(name, value);
  const key = async () => (document.has("encryptionsalt") ? passphraseKey() : DATA_KEY);
  for (const [name, value] of Object.entries(secrets)) set(name, { secure: encrypt(value, await key()) });
  await writeFile(file, document.toString({ lineWidth: 0 }));
}

function configFile(folder: string, stack: string): string {
  return join(folder, `Pulumi.${stack}.yaml`);
}

/** Reads a state from the file in which a file backend keeps it. */
export async function readState(backend: string, project: string, stack: string): Promise<StateFile> {
  const text = await readFile(stateFile(backend, project, stack), "utf8");
  const { version, checkpoint } = JSON.parse(text) as StoredActivation;
  return { version, deployment: checkpoint.latest ?? {} };
}

function stateFile(backend: string, project: string, stack: string): string {
  return join(fileURLToPath(backend), ".pulumi/stacks", project, `${stack}.json`);
}

interface StoredActivation {
  readonly version: number;
  /** Without `latest` when the stack was never updated. */
  readonly checkpoint: { readonly latest?: StateFile["deployment"] };
}
