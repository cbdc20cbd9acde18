import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { companions } from "../../engine/inspect";

const made: string[] = [];

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "engine-unit-"));
  made.push(folder);
  return folder;
}

export function removeTemporaryFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Writes executables: the text of each by its name. @returns their folder. */
export function folderWith(files: Readonly<Record<string, string>>, mode = 0o755): string {
  const folder = join(temporaryFolder(), "bin");
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), mode);
  }
  return folder;
}

/** A `pulumi` that runs a line of shell. */
export const pulumi = (line: string): Readonly<Record<string, string>> => ({
  pulumi: `#!/bin/sh\n${line}\n`,
});

/** The files next to a working `pulumi`. */
export const COMPANIONS: Readonly<Record<string, string>> = Object.fromEntries(
  companions.map((name) => [name, "#!/bin/sh\n"]),
);
