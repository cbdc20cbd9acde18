import { sanitize } from "../../provider/shared/sanitize";
import type { Scope } from "../../provider/api/scope";
import type { ListedCertificate } from "../../provider/api/schemas";
import { formatDay } from "../../provider/shared/format";

/** What is live in one scope. */
export interface LiveScope {
  readonly scope: Scope;
  readonly certificates: readonly ListedCertificate[];
}

const INTRODUCTION = `// What is active today, as code: \`pulumi up\` on this program changes nothing.
//
// It cannot know: filters (CEL) of certificates, which only the dashboard shows; clients and their keys; projects that
// were not named. Uploaded certificates stay as they are: they are named here by their ids.`;

/** Writes the program that declares what is active in each scope. */
export function adoptionProgram(scopes: readonly LiveScope[]): string {
  const classes = new Set(scopes.filter(hasActive).map(({ scope }) => className(scope)));
  const imports =
    classes.size > 0
      ? [`import { ${[...classes].sort().join(", ")} } from "pulumi-openai-certificates";`]
      : [];
  return `${[INTRODUCTION, ...imports, ...scopes.map(declaration)].join("\n\n")}\n`;
}

function hasActive({ certificates }: LiveScope): boolean {
  return certificates.some(({ active }) => active);
}

function className({ kind }: Scope): string {
  return kind === "organization" ? "OrgCertificateActivation" : "ProjectCertificateActivation";
}

function declaration(live: LiveScope): string {
  const { scope, certificates } = live;
  const name = scope.kind === "organization" ? "organization" : scope.projectId;
  if (!hasActive(live)) return `// ${name}: no certificate is active, so there is nothing to declare.`;
  const active = certificates.filter(({ active }) => active).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return [
    `new ${className(scope)}(${JSON.stringify(name)}, {`,
    ...(scope.kind === "project" ? [`  projectId: ${JSON.stringify(scope.projectId)},`] : []),
    "  certificateIds: [",
    ...active.map((certificate) => `    ${JSON.stringify(certificate.id)}, // ${remark(certificate)}`),
    "  ],",
    "});",
  ].join("\n");
}

/** A name is somebody else's text: on one line, it cannot leave the comment. */
function remark({ name, certificateDetails: { expiresAt } }: ListedCertificate): string {
  const called = name === null ? "no name" : sanitize(name);
  return expiresAt === undefined ? called : `${called}, expires ${formatDay(expiresAt)}`;
}
