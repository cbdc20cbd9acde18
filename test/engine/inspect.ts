import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Attempt, Origin } from "./engine";
import { runProcess } from "./process";
import type { ProcessResult } from "./process";
import { isAtLeast, OLDEST_VERSION } from "./version";

/** What `pulumi` starts for a Node program (the language host) and for its dynamic providers (a script). */
export const companions = ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"] as const;

/** A `pulumi` that takes longer (milliseconds) to print its version counts as broken; normally it takes 200. */
const VERSION_TIMEOUT = 30_000;

export interface InspectOptions {
  /** Further folders in which the companions may lie. */
  companionFolders?: readonly string[];
  minimum?: string;
  /** Milliseconds for `pulumi version`. */
  timeout?: number;
}

export function foldersOnPath(path: string = process.env["PATH"] ?? ""): string[] {
  return path.split(delimiter).filter((folder) => folder !== "");
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Inspects a folder for a complete engine: a `pulumi` that runs and is new enough, and its companions. */
export async function inspectFolder(
  binFolder: string,
  origin: Origin,
  options: InspectOptions = {},
): Promise<Attempt> {
  const { companionFolders = [], minimum = OLDEST_VERSION, timeout = VERSION_TIMEOUT } = options;
  const pulumi = join(binFolder, "pulumi");
  if (!isExecutable(pulumi)) return { reason: `there is no pulumi in ${binFolder}` };

  for (const name of companions) {
    if (![binFolder, ...companionFolders].some((folder) => isExecutable(join(folder, name))))
      return { reason: `${pulumi} has no ${name} next to it` };
  }

  const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
  const result = await runProcess(pulumi, ["version"], { env, timeout });
  if (result.exitCode !== 0) return { reason: `${pulumi} does not run: ${howItEnded(result, timeout)}` };

  const version = /^v?(\d+\.\d+\.\d+\S*)\s*$/.exec(result.stdout)?.[1];
  if (version === undefined) {
    // A plain `go build` makes such a one: the version is a variable that only the linker's flags set.
    const printed = firstLine(result.output) || "nothing";
    return { reason: `${pulumi} does not know its version: \`pulumi version\` prints ${printed}` };
  }
  if (!isAtLeast(version, minimum)) return { reason: `${pulumi} is ${version}, older than ${minimum}` };

  return { engine: { binFolder, pulumi, version, origin } };
}

function howItEnded({ exitCode, signal, timedOut, output }: ProcessResult, timeout: number): string {
  if (timedOut) return `it did not respond within ${timeout / 1000} s`;

  // With neither, it could not be started, and the output is the system's reason.
  const end = signal ?? (exitCode === undefined ? undefined : `exit code ${exitCode}`);
  return [end, firstLine(output)].filter((part) => part).join(": ");
}

function firstLine(text: string): string {
  return text.trim().split("\n")[0] ?? "";
}
