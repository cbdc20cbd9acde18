import { join } from "node:path";
import { BUILD } from "../../scripts/plugin/buildPlugin";
import { thisPlatform } from "../../scripts/plugin/platforms";
import type { ProgramFiles } from "../../test/engine/program";
import type { Sandbox } from "../../test/engine/sandbox";
import type { CommandResult, Stack } from "../../test/engine/stack";
import type { Subject } from "./subject";

/** What a program declares: ids of one resource, or a number of projects with a resource each. */
export type Declared = { readonly ids: readonly string[] } | { readonly projects: number };

const DECLARED_FILE = "declared.json";

/** A dynamic resource whose provider does nothing. */
const EMPTY_RESOURCE = `
import { dynamic } from "@pulumi/pulumi";

const nothing: dynamic.ResourceProvider = {
  create: async (inputs) => ({ id: "nothing", outs: inputs }),
  update: async (_id, _olds, news) => ({ outs: news }),
};

class OrgCertificateActivation extends dynamic.Resource {
  constructor(name: string, inputs: object) {
    super(nothing, name, { ...inputs });
  }
}
class ProjectCertificateActivation extends OrgCertificateActivation {}
`;

const resourcesOf = (entry: string): string => `
import { OrgCertificateActivation, ProjectCertificateActivation } from "${entry}";
`;

/** The resources of each kind of subject. */
const RESOURCES = {
  empty: EMPTY_RESOURCE,
  provider: resourcesOf("pulumi-openai-certificates"),
  plugin: resourcesOf("pulumi-openai-certificates/plugin"),
};

/** The folder of the plugin that `npm run plugin` has built. */
export const PLUGIN_FOLDER = join(BUILD, thisPlatform().system);

/** Makes the engine start that plugin. */
const PLUGIN_PROJECT = `name: program
runtime: nodejs
plugins:
  providers:
    - name: openai-certificates
      path: ${PLUGIN_FOLDER}
`;

/** The same for all subjects. */
const DECLARATIONS = `
import { readFileSync } from "node:fs";

const { ids, projects = 0 } = JSON.parse(readFileSync("${DECLARED_FILE}", "utf8"));
if (ids) new OrgCertificateActivation("mtls", { certificateIds: ids });
for (let number = 1; number <= projects; number += 1)
  new ProjectCertificateActivation(\`project-\${number}\`, { projectId: \`proj_\${number}\`, certificateIds: ["cert_01"] });
`;

/** Creates a stack of a program that declares the resources of a subject. */
export function createStack(sandbox: Sandbox, { kind, checkout }: Subject): Promise<Stack> {
  return sandbox.stack({
    program: {
      "index.ts": RESOURCES[kind] + DECLARATIONS,
      ...(kind === "plugin" && { "Pulumi.yaml": PLUGIN_PROJECT }),
      ...declaring({ ids: [] }),
    },
    packages: "packed",
    ...(checkout !== undefined && { checkout }),
  });
}

/** Changes what the program of a stack declares. */
export function declare(stack: Stack, declared: Declared): Promise<void> {
  return stack.replaceProgram(declaring(declared));
}

function declaring(declared: Declared): ProgramFiles {
  return { [DECLARED_FILE]: JSON.stringify(declared) };
}

/** @returns the ids of the projects that a program with so many projects declares. */
export function projectIds(projects: number): readonly string[] {
  return Array.from({ length: projects }, (_, index) => `proj_${index + 1}`);
}

/** The arguments of the commands that are measured: an update without the preview, which is measured by itself. */
export const COMMANDS = {
  up: ["up", "--yes", "--skip-preview"],
  preview: ["preview"],
  refresh: ["refresh", "--yes", "--skip-preview"],
  destroy: ["destroy", "--yes", "--skip-preview"],
} as const;

export type Command = keyof typeof COMMANDS;

/** Runs a command. @throws Error with its output when it fails. */
export async function runCommand(
  stack: Stack,
  command: Command,
  env: Record<string, string>,
): Promise<CommandResult> {
  const result = await stack.run(COMMANDS[command], env);
  if (result.exitCode === 0) return result;
  throw new Error(`pulumi ${command} failed:\n${result.output}`);
}
