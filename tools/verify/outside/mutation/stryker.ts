import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REPOSITORY } from "../../../../test/engine/packages";
import type { Log } from "../../check";
import { NPM_TOOLS } from "../tools/npm";

const CONFIGURATION = "tools/verify/outside/mutation/stryker.config.mjs";
const REPORT = join(REPOSITORY, "build/mutation/report.json");

/**
 * Runs Stryker over a temporary copy of the project.
 * @param mutate patterns of the files to change.
 * @returns its report.
 */
export async function runStryker(mutate: readonly string[], log: Log): Promise<string> {
  await NPM_TOOLS.install(log);
  await rm(REPORT, { force: true });
  const copy = await mkdtemp(join(tmpdir(), "mutation-"));
  try {
    const script = NPM_TOOLS.fileOf("@stryker-mutator/core", "bin/stryker.js");
    const args = [script, "run", CONFIGURATION, "--tempDirName", copy, "--mutate", mutate.join(",")];
    // It stays in this process group, so that Ctrl-C ends it as well. Its progress goes to stderr.
    const stryker = spawn(process.execPath, args, { cwd: REPOSITORY, stdio: ["ignore", 2, 2] });
    const [exitCode] = (await once(stryker, "close")) as [number | null];
    if (exitCode !== 0) throw new Error(`Stryker ended with ${exitCode}. Its output above has the reason.`);
    return await readFile(REPORT, "utf8");
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}
