import { readdirSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(__dirname, "fixtures");

/** The file of the state that a version of this package has written. */
export function keptStateFile(version: string): string {
  return join(FOLDER, `state-${version}.json`);
}

/** The versions with a recorded state. */
export function keptVersions(): string[] {
  return readdirSync(FOLDER).flatMap((name) => /^state-(.+)\.json$/.exec(name)?.[1] ?? []);
}
