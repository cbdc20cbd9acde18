import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Emulator } from "../emulator/index";
import { findEngine } from "../engine/findEngine";
import { linkPackages, PACKAGE_NAME, REPOSITORY } from "../engine/packages";
import { runProcess } from "../engine/process";
import type { ProcessResult } from "../engine/process";
import { writeFiles, writeProgram } from "../engine/program";
import { createSandbox } from "../engine/sandbox";
import { codeBlocks } from "../support/docs";

interface ShellProjectOptions {
  readonly emulator: Emulator;
  readonly env?: Readonly<Record<string, string>>;
  /** Texts of the files that people keep in the folder that pages call `/secrets/`. */
  readonly secrets?: Readonly<Record<string, string>>;
}

/** A project in which the commands of a page run as they stand there, as if a reader pasted them into a shell. */
export interface ShellProject {
  readonly folder: string;
  /** Runs a script. */
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
 * The only commands of the pages that are not run, because they need the network. A prepared folder with the linked
 * package and `pulumi stack init` replace them.
 */
const SKIPPED = /^ *(mkdir|pulumi new|npm install) /;

/** The host that pages name. The emulator takes its place. */
const API = "https://mtls.api.openai.com/v1";

/** What `pulumi new`, `npm install` and the people who keep the secrets leave behind. */
export async function createShellProject(options: ShellProjectOptions): Promise<ShellProject> {
  const { emulator, secrets = {} } = options;
  const sandbox = await createSandbox({ engine: await findEngine() });
  const folder = join(sandbox.folder, "openai-mtls");
  const backend = join(sandbox.folder, "backend");
  await mkdir(backend);
  const env = {
    ...sandbox.env,
    PULUMI_BACKEND_URL: pathToFileURL(backend).href,
    PULUMI_SKIP_CONFIRMATIONS: "true",
    OPENAI_BASE_URL: emulator.url,
    ...options.env,
  };
  await writeProgram(folder, { "index.ts": "" });
  // Not in the project's folder, where the language host reads the package.json of each package for each command.
  await linkPackages(sandbox.folder);
  await placeCommand(join(folder, "node_modules/.bin"));
  await writeFiles(join(folder, "secrets"), { ...secrets, "admin-key": emulator.adminKey });

  const shell: ShellProject["shell"] = (script, more = {}) => {
    const here = script.replaceAll("/secrets/", `${folder}/secrets/`).replaceAll(API, emulator.url);
    const lines = here.split("\n").filter((line) => !SKIPPED.test(line));
    const bash = ["set -euo pipefail", ...lines.map((line) => withKey(line))].join("\n");
    return runProcess("bash", ["-c", bash], { cwd: folder, env: { ...env, ...more } });
  };
  const init = await shell("pulumi stack init dev");
  if (init.exitCode !== 0) throw new Error(init.output);

  return {
    folder,
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
    dispose: () => sandbox.dispose(),
  };
}

/** What a command prompts for is the admin key. */
const withKey = (line: string) => (line.endsWith(":adminKey") ? `${line} < secrets/admin-key` : line);

/** Places the package's command where `npx` finds it. */
async function placeCommand(binFolder: string): Promise<void> {
  await mkdir(binFolder, { recursive: true });
  const command = join(binFolder, PACKAGE_NAME);
  await writeFile(command, `#!/bin/sh\nexec node '${join(REPOSITORY, "dist/cli/main.js")}' "$@"\n`);
  await chmod(command, 0o755);
}
