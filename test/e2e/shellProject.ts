import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startRehearsal } from "../emulator/rehearsal/rehearsal";
import type { Rehearsal } from "../emulator/rehearsal/rehearsal";
import { findEngine } from "../engine/findEngine";
import { PACKAGE_NAME, REPOSITORY } from "../engine/packages";
import { runProcess } from "../engine/process";
import type { ProcessResult } from "../engine/process";
import type { ProgramFiles } from "../engine/program";
import { createSandbox } from "../engine/sandbox";
import { codeBlocks } from "../support/docs";

/**
 * A project in which the commands of a page run as they stand there, as if a reader pasted them into a shell that was
 * prepared by `npm run emulator -- --mtls DIR`: against enforcement.
 */
export interface ShellProject extends Rehearsal {
  readonly folder: string;
  /** The folder that the pages call `/secrets`: the DIR of the rehearsal. */
  readonly secrets: string;
  /** Runs a script. What it exports lasts, also for the next one. */
  shell(script: string, env?: Readonly<Record<string, string>>): Promise<ProcessResult>;
  /**
   * Does what a page says: writes each program to `index.ts`, and runs each script.
   * @returns what the scripts have printed.
   * @throws Error when a script fails.
   */
  follow(text: string, env?: Readonly<Record<string, string>>): Promise<string>;
  dispose(): Promise<void>;
}

/**
 * The only commands of the pages that are not run, because they need the network or ask questions. A prepared folder with
 * the linked package and the stack `dev` replaces them.
 */
const SKIPPED = /^ *(mkdir|pulumi new|pulumi stack init|npm install) /;

/**
 * What `pulumi new`, `npm install` and the page about the rehearsal leave behind.
 * @param program The folder of a program to copy. Default: an empty one.
 */
export async function createShellProject(
  program: ProgramFiles | string = { "index.ts": "" },
): Promise<ShellProject> {
  const sandbox = await createSandbox({ engine: await findEngine() });
  const secrets = join(sandbox.folder, "secrets");
  const exported = join(sandbox.folder, "exported.sh");
  const rehearsal = await startRehearsal(secrets);
  // The pages have to name the key themselves.
  const { OPENAI_ADMIN_KEY: _, ...variables } = rehearsal.variables;
  const { folder, env } = await sandbox.stack({
    program,
    keySource: "key server",
    env: { ...variables, PULUMI_SKIP_CONFIRMATIONS: "true" },
  });
  await placeCommand(join(folder, "node_modules/.bin"));
  await writeFile(exported, "");

  const run = (lines: readonly string[], more: Readonly<Record<string, string>> = {}) => {
    const bash = ["set -euo pipefail", `source ${exported}`, ...lines, `export -p > ${exported}`].join("\n");
    return runProcess("bash", ["-c", bash], { cwd: folder, env: { ...env, ...more } });
  };
  const shell: ShellProject["shell"] = (script, more) => {
    const lines = script
      .replaceAll("/secrets/", `${secrets}/`)
      .split("\n")
      .filter((line) => !SKIPPED.test(line));
    return run(
      lines.map((line) => withKey(line, secrets)),
      more,
    );
  };
  return {
    ...rehearsal,
    folder,
    secrets,
    shell,
    async follow(text, more = {}) {
      let output = "";
      for (const { language, code } of codeBlocks({ text }, "sh", "ts")) {
        if (language === "ts") {
          await writeFile(join(folder, "index.ts"), code);
          continue;
        }
        const result = await shell(code, more);
        output += result.output;
        if (result.exitCode !== 0) throw new Error(`${code}failed:\n${result.output}`);
      }
      return output;
    },
    async dispose() {
      await rehearsal.emulator.close();
      await sandbox.dispose();
    },
  };
}

/** What a command prompts for is the admin key. */
const withKey = (line: string, secrets: string) =>
  line.endsWith(":adminKey") ? `${line} < ${secrets}/admin-key` : line;

/** Places the package's command where `npx` finds it. */
async function placeCommand(binFolder: string): Promise<void> {
  await mkdir(binFolder, { recursive: true });
  const command = join(binFolder, PACKAGE_NAME);
  await writeFile(command, `#!/bin/sh\nexec node '${join(REPOSITORY, "dist/cli/main.js")}' "$@"\n`);
  await chmod(command, 0o755);
}
