import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The packages of the Python tools. */
export const REQUIREMENTS = join(__dirname, "requirements.txt");

/** The version of a package of the Python tools. */
export function versionOf(name: string): string {
  const line = readFileSync(REQUIREMENTS, "utf8")
    .split("\n")
    .find((each) => each.startsWith(`${name}==`));
  if (line === undefined) throw new Error(`${REQUIREMENTS} names no version of ${name}.`);
  return line.slice(name.length + 2);
}
