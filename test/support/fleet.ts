import { join } from "node:path";
import type { Emulator } from "../emulator/index";
import { REPOSITORY } from "../engine/packages";
import { runProcess } from "../engine/process";
import type { ProcessOptions, ProcessResult } from "../engine/process";
import type { ProgramFiles } from "../engine/program";

/** An organization of the example `examples/fleet`, and its API. */
export interface FleetOrganization {
  readonly name: string;
  readonly emulator: Emulator;
  readonly certificateIds: readonly string[];
}

export const FLEET_FOLDER = join(REPOSITORY, "examples/fleet");

/** The file of the example that lists the organizations. */
export function organizationsFile(organizations: readonly FleetOrganization[]): ProgramFiles {
  const declared = organizations.map(({ name, emulator, certificateIds }) => ({
    name,
    adminKeyVariable: keyVariable(name),
    certificateIds,
    baseUrl: emulator.url,
  }));
  return { "organizations.json": JSON.stringify(declared) };
}

/** The variables with the admin keys. */
export function keysOf(organizations: readonly FleetOrganization[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    organizations.map(({ name, emulator }) => [keyVariable(name), emulator.adminKey]),
  );
}

/** Runs the command of the example in a copy of its folder. */
export function runFleet(
  folder: string,
  args: readonly string[],
  options: ProcessOptions,
): Promise<ProcessResult> {
  const tsx = join(REPOSITORY, "node_modules/tsx/dist/cjs/index.cjs");
  return runProcess("node", ["--require", tsx, "main.ts", ...args], { ...options, cwd: folder });
}

function keyVariable(name: string): string {
  return `${name.toUpperCase().replaceAll("-", "_")}_ADMIN_KEY`;
}

/** The results in the summary that the command prints, by the name of the organization. */
export function resultsIn(output: string): Readonly<Record<string, string>> {
  const [, summary = ""] = output.split("\nSummary\n");
  const lines = [...summary.matchAll(/^(\S+) +(.+?) +[\d.]+ s$/gm)];
  return Object.fromEntries(lines.map(([, name = "", result = ""]) => [name, result]));
}
