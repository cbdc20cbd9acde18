import { readFileSync } from "node:fs";
import { join } from "node:path";
import { coerce, gte } from "semver";

/** Folders with the go.mod and go.sum of the executables that are built from source. */
export const goModules = {
  cli: join(__dirname, "cli"),
  languageHost: join(__dirname, "language-nodejs"),
} as const;

/** The oldest engine that is accepted from PATH. Change it only after running the engine suite on that version. */
export const OLDEST_VERSION = "3.259.0";

/** The version of the engine that is installed or built where PATH has none: read from go.mod. */
export function pinnedVersion(): string {
  return match(goModules.cli, /^require github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)/m);
}

/** The oldest Go that builds both modules. */
export function oldestGo(): string {
  const [a, b] = Object.values(goModules).map((folder) => match(folder, /^go (\S+)$/m)) as [string, string];
  return isAtLeast(a, b) ? a : b;
}

/** Compares major, minor and patch. Anything after them is ignored, as in `3.259.0-dev`. */
export function isAtLeast(version: string, minimum: string): boolean {
  return gte(coerce(version) ?? "0.0.0", coerce(minimum) ?? "0.0.0");
}

function match(folder: string, pattern: RegExp): string {
  const file = join(folder, "go.mod");
  const found = pattern.exec(readFileSync(file, "utf8"))?.[1];
  if (found === undefined) throw new Error(`${file} has no line like ${String(pattern)}`);

  return found;
}
