import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REPOSITORY } from "../../../engine/packages";
import { runProcess } from "../../../engine/process";
import type { Log } from "../../judgement";

const TOOLS = join(__dirname, "tools");
const STRYKER = join(TOOLS, "node_modules/@stryker-mutator/core/bin/stryker.js");
const CONFIGURATION = "test/verify/outside/mutation/stryker.config.mjs";
const REPORT = join(REPOSITORY, "build/mutation/report.json");

/** Runs Stryker over a temporary copy of the project. @returns its report. */
export async function runStryker(log: Log): Promise<string> {
  await installTools(log);
  await rm(REPORT, { force: true });
  const copy = await mkdtemp(join(tmpdir(), "mutation-"));
  try {
    const args = [STRYKER, "run", CONFIGURATION, "--tempDirName", copy];
    // It stays in this process group, so that Ctrl-C ends it as well. Its progress goes to stderr.
    const stryker = spawn(process.execPath, args, { cwd: REPOSITORY, stdio: ["ignore", 2, 2] });
    const [exitCode] = (await once(stryker, "close")) as [number | null];
    if (exitCode !== 0) throw new Error(`Stryker ended with ${exitCode}. Its output above has the reason.`);
    return await readFile(REPORT, "utf8");
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

async function installTools(log: Log): Promise<void> {
  if (existsSync(STRYKER)) return;
  log("installing Stryker");
  const { exitCode, output } = await runProcess("npm", ["ci"], { cwd: TOOLS });
  if (exitCode !== 0)
    throw new Error(`npm ci failed in ${TOOLS}. npm needs access to its registry.\n${output}`);
}
