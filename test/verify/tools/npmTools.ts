import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { toolsFolder } from "../../engine/cacheFolder";
import { runProcess } from "../../engine/process";
import type { Log } from "../judgement";

const FILES = ["package.json", "package-lock.json", ".npmrc"];

/**
 * The packages that a folder's package.json and lock file name, installed once, in the cache folder.
 * @returns the folder of their executables.
 */
export async function npmTools(from: string, log: Log): Promise<string> {
  const digest = createHash("sha256");
  for (const file of FILES) digest.update(await readFile(join(from, file)));
  const folder = toolsFolder(`npm-${digest.digest("hex").slice(0, 16)}`);
  const complete = join(folder, "complete");
  if (!existsSync(complete)) {
    log(`installing ${join(from, "package.json")}`);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    for (const file of FILES) await cp(join(from, file), join(folder, file));
    const { exitCode, output } = await runProcess("npm", ["ci", "--no-audit", "--no-fund"], { cwd: folder });
    if (exitCode !== 0)
      throw new Error(`npm ci failed for ${from}. npm needs access to its registry.\n${output}`);

    // Only now, so that an interrupted installation is not taken for a whole one.
    await writeFile(complete, "");
  }
  return join(folder, "node_modules/.bin");
}
