import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { toolsFolder } from "../../../test/engine/cacheFolder";
import { runProcess } from "../../../test/engine/process";
import type { Log } from "../check";

/**
 * A virtual environment with exactly the packages of a requirements file. It is made once, in the cache folder.
 * @returns the folder of its executables.
 */
export async function pythonTools(requirements: string, log: Log): Promise<string> {
  const { exitCode, stdout } = await runProcess("python3", ["--version"]);
  if (exitCode !== 0)
    throw new Error("There is no python3 on PATH. Install Python 3 with venv: apt install python3-venv.");

  const digest = createHash("sha256")
    .update(stdout)
    .update(await readFile(requirements));
  const folder = toolsFolder(`python-${digest.digest("hex").slice(0, 16)}`);
  const complete = join(folder, "complete");
  if (!existsSync(complete)) {
    log(`installing ${requirements}`);
    await rm(folder, { recursive: true, force: true });
    await run("python3", ["-m", "venv", folder], "Install the module venv: apt install python3-venv.");
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    const python = join(folder, "bin/python");
    await run(
      python,
      [...pip, "--requirement", requirements],
      "pip needs access to the Python Package Index.",
    );
    // Only now, so that an interrupted installation is not taken for a whole one.
    await writeFile(complete, "");
  }
  return join(folder, "bin");
}

async function run(file: string, args: readonly string[], remedy: string): Promise<void> {
  const { exitCode, output } = await runProcess(file, args);
  if (exitCode !== 0) throw new Error(`${file} ${args.join(" ")} failed. ${remedy}\n${output}`);
}
