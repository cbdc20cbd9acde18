import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { issueFiles } from "./issueFiles";
import type { RehearsalFiles } from "./issueFiles";

/** Marks a folder that a rehearsal has written: its certificates are kept, so that a stack which names them stays valid. */
const ENVIRONMENT = "env.sh";

/** Keys are for the user alone. */
const MODE = 0o600;

/**
 * The files of a rehearsal, issued and written into the folder unless they are there.
 * @throws Error when the folder contains something else.
 */
export async function prepareFolder(folder: string): Promise<RehearsalFiles> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const names = await readdir(folder);
  if (names.includes(ENVIRONMENT)) return readPems(folder, names);
  if (names.length > 0) throw new Error(`${folder} is not empty. Name a new folder for --mtls.`);
  const files = await issueFiles();
  await Promise.all(
    Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text, { mode: MODE })),
  );
  return files;
}

/** Writes the variables for a shell, and the options of its curl, which redirect the API's mTLS host. */
export async function writeEnvironment(
  folder: string,
  variables: Readonly<Record<string, string>>,
  curlOptions: Readonly<Record<string, string>>,
): Promise<void> {
  const exports = Object.entries(variables).map(([name, value]) => `export ${name}=${quoted(value)}\n`);
  const options = Object.entries(curlOptions).map(([name, value]) => `${name} = "${value}"\n`);
  await writeFile(join(folder, ".curlrc"), options.join(""));
  await writeFile(join(folder, ENVIRONMENT), exports.join(""), { mode: MODE });
}

const quoted = (value: string): string => `'${value.replaceAll("'", "'\\''")}'`;

async function readPems(folder: string, names: readonly string[]): Promise<RehearsalFiles> {
  const pems = names.filter((name) => /\.(pem|key)$/.test(name));
  const texts = await Promise.all(
    pems.map(async (name) => [name, await readFile(join(folder, name), "utf8")] as const),
  );
  return Object.fromEntries(texts);
}
