import { existsSync } from "node:fs";
import { copyFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { runProcess } from "../../engine/process";
import type { Log } from "../judgement";
import manifest from "./tools/package.json";

const FOLDER = join(__dirname, "tools");
const LOCK = join(FOLDER, "package-lock.json");
const INSTALLED_LOCK = join(FOLDER, "node_modules/.installed-lock.json");

export type ToolPackage = keyof typeof manifest.dependencies;

/** The version of a tool: that of tools/package.json, where all are exact. */
export function versionOf(name: ToolPackage): string {
  return manifest.dependencies[name].replace(/^npm:.*@/, "");
}

/** A file of a tool's package. */
export function fileOf(name: ToolPackage, path: string): string {
  return join(FOLDER, "node_modules", name, path);
}

let installation: Promise<void> | undefined;

/** Installs the tools that only this verification uses, unless exactly those of the lock file are installed. */
export function installTools(log: Log): Promise<void> {
  return (installation ??= install(log));
}

async function install(log: Log): Promise<void> {
  if (existsSync(INSTALLED_LOCK) && (await readFile(INSTALLED_LOCK)).equals(await readFile(LOCK))) return;
  log("installing the package managers, runtimes and judges (about 20 s, 700 MB)");
  const { exitCode, output } = await runProcess("npm", ["ci"], { cwd: FOLDER, env: process.env });
  if (exitCode !== 0) {
    throw new Error(
      `The tools of this verification could not be installed. Run \`npm ci\` in ${FOLDER} and look at its output:\n${output}`,
    );
  }
  await copyFile(LOCK, INSTALLED_LOCK);
}
