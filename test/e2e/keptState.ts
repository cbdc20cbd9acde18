import { readdirSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(__dirname, "fixtures");

/** The file in which a state that a version of this package has written is kept. */
export function keptStateFile(version: string): string {
  return join(FOLDER, `state-${version}.json`);
}

/** The versions of which a state is kept. */
export function keptVersions(): string[] {
  return readdirSync(FOLDER).flatMap((name) => /^state-(.+)\.json$/.exec(name)?.[1] ?? []);
}
