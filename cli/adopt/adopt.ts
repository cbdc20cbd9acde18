import { parseArgs } from "node:util";
import { ORGANIZATION } from "../../provider/api/scope";
import { findCertificates } from "../../provider/lookup/lookup";
import { configureProcess } from "../../provider/session/currentConfiguration";
import { ENVIRONMENT } from "../../provider/settings/settings";
import { printError, sendMessagesWith } from "../../provider/shared/log";
import { adoptionProgram } from "./adoptionProgram";
import type { ScopeCertificates } from "./adoptionProgram";
import { assertAbsent, writeWholeFile } from "./writeWholeFile";

export const ADOPT_HELP = `pulumi-openai-certificates adopt [--project <id>]... [--out <file> [--force]]

Writes a TypeScript program that declares the active certificates of the organization and of the given projects.
\`pulumi up\` with this program changes nothing. Makes one API call for the organization and one for each project.

Settings are read from environment variables such as OPENAI_ADMIN_KEY; see "Configuration" in the README.

Options:
  --project <id>  Include a project. Can be repeated.
  --out <file>    Write the program to this file, as a whole or not at all. The default is standard output, but a shell
                  that redirects it empties the file even if the command fails.
  --force         Replace the file if it exists.

Exit codes: 0 on success; 2 on invalid arguments or settings, when the API rejects a request, or when the file exists or
cannot be written.
`;

/**
 * @returns The text for standard output.
 * @throws Error when an argument or a setting is invalid, when the API rejects a request, or when the file exists or
 * cannot be written.
 */
export async function adopt(args: readonly string[]): Promise<string> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      project: { type: "string", multiple: true, default: [] },
      out: { type: "string" },
      force: { type: "boolean", default: false },
    },
  });
  const { project, out, force } = values;
  if (out === "") throw new Error("--out needs the name of a file");
  if (force && out === undefined) throw new Error("--force needs --out <file>");
  if (out !== undefined && !force) await assertAbsent(out);
  configureProcess({ read: () => undefined, source: ENVIRONMENT });
  // Standard output is for the program alone.
  sendMessagesWith(printError);
  const program = adoptionProgram(await listActive(project));
  if (out === undefined) return program;
  await writeWholeFile(out, program, force);
  return `Wrote ${out}\n`;
}

async function listActive(projectIds: readonly string[]): Promise<readonly ScopeCertificates[]> {
  const scopes: ScopeCertificates[] = [{ scope: ORGANIZATION, certificates: await findCertificates({}) }];
  for (const projectId of new Set(projectIds)) {
    scopes.push({
      scope: { kind: "project", projectId },
      certificates: await findCertificates({ projectId }),
    });
  }

  return scopes;
}
