import { parseArgs } from "node:util";
import { ORGANIZATION, type Scope } from "../../provider/api/scope";
import { DEFAULT_CONNECTION } from "../../provider/settings/settings";
import { lookUpAll } from "../../provider/lookup/lookup";
import { adoptionProgram, type LiveScope } from "./adoptionProgram";

export const ADOPT_HELP = `pulumi-openai-certificates adopt [--project <id>]...

Writes a TypeScript program for what is active in the organization, and in the projects named, to standard output.
Running \`pulumi up\` on it changes nothing there. Costs one call for the organization and one for each project.

The settings are read from the environment: OPENAI_ADMIN_KEY and the others that the README lists.
`;

/** @returns the program's text. @throws Error that says what is wrong with the arguments, the settings or the API. */
export async function adopt(args: readonly string[]): Promise<string> {
  const { values } = parseArgs({
    args: [...args],
    options: { project: { type: "string", multiple: true, default: [] } },
  });
  const projects = [...new Set(values.project)].map((projectId): Scope => ({ kind: "project", projectId }));
  const scopes: LiveScope[] = [];
  for (const scope of [ORGANIZATION, ...projects]) {
    scopes.push({ scope, certificates: await lookUpAll(scope, DEFAULT_CONNECTION) });
  }
  return adoptionProgram(scopes);
}
