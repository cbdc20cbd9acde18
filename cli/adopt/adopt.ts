import { parseArgs } from "node:util";
import { ORGANIZATION } from "../../provider/api/scope";
import type { Scope } from "../../provider/api/scope";
import { listCertificates } from "../../provider/lookup/lookup";
import { adoptionProgram } from "./adoptionProgram";
import type { ScopeCertificates } from "./adoptionProgram";

export const ADOPT_HELP = `pulumi-openai-certificates adopt [--project <id>]...

Writes a TypeScript program to standard output that declares the active certificates of the organization and of the
given projects. \`pulumi up\` with this program changes nothing. Makes one API call for the organization and one for
each project.

Settings are read from environment variables such as OPENAI_ADMIN_KEY; see "Configuration" in the README.

Options:
  --project <id>  Include a project. Can be repeated.

Exit codes: 0 on success; 2 on invalid arguments or settings, or when the API rejects a request.
`;

/**
 * @returns The text of the program.
 * @throws Error when an argument or a setting is invalid, or when the API rejects a request.
 */
export async function adopt(args: readonly string[]): Promise<string> {
  const { values } = parseArgs({
    args: [...args],
    options: { project: { type: "string", multiple: true, default: [] } },
  });
  const projects = [...new Set(values.project)].map((projectId): Scope => ({ kind: "project", projectId }));
  const scopes: ScopeCertificates[] = [];
  for (const scope of [ORGANIZATION, ...projects])
    scopes.push({ scope, certificates: await listCertificates(scope) });

  return adoptionProgram(scopes);
}
