import type { ListedCertificate } from "../../provider/api/listedCertificate";
import type { Scope } from "../../provider/api/scope";
import { formatDay } from "../../provider/shared/format";
import { sanitize } from "../../provider/shared/sanitize";

/** The certificates of one scope. */
export interface ScopeCertificates {
  readonly scope: Scope;
  readonly certificates: readonly ListedCertificate[];
}

const INTRODUCTION = `// The certificates that are active today. \`pulumi up\` with this program changes nothing.
//
// Not included: filters (CEL) of certificates, which are visible only in the dashboard; clients and their keys; and
// projects that were not given. The program refers to uploaded certificates by their ids and does not manage the uploads.
//
// "refuse" rejects an update that ends mTLS, and \`protect\` rejects the deletion of a resource.`;

/** The text of a program that declares the active certificates of each scope. */
export function adoptionProgram(scopes: readonly ScopeCertificates[]): string {
  const classes = new Set(scopes.filter(hasActive).map(({ scope }) => className(scope)));
  const imports =
    classes.size > 0
      ? [`import { ${[...classes].sort().join(", ")} } from "pulumi-openai-certificates";`]
      : [];
  return `${[INTRODUCTION, ...imports, ...scopes.map(declaration)].join("\n\n")}\n`;
}

function hasActive({ certificates }: ScopeCertificates): boolean {
  return certificates.some(({ active }) => active);
}

function className({ kind }: Scope): string {
  return kind === "organization" ? "OrgCertificateActivation" : "ProjectCertificateActivation";
}

function declaration(scopeCertificates: ScopeCertificates): string {
  const { scope, certificates } = scopeCertificates;
  const name = scope.kind === "organization" ? "organization" : scope.projectId;
  if (!hasActive(scopeCertificates)) return `// ${name}: no certificate is active, nothing to declare.`;
  const active = certificates.filter(({ active }) => active).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return [
    `new ${className(scope)}(`,
    `  ${JSON.stringify(name)},`,
    "  {",
    ...(scope.kind === "project" ? [`    projectId: ${JSON.stringify(scope.projectId)},`] : []),
    "    certificateIds: [",
    ...active.map((certificate) => `      ${JSON.stringify(certificate.id)}, // ${comment(certificate)}`),
    "    ],",
    '    enforcementChange: "refuse",',
    "  },",
    "  { protect: true },",
    ");",
  ].join("\n");
}

/** The name is untrusted: on one line, it cannot end the comment. */
function comment({ name, certificateDetails: { expiresAt } }: ListedCertificate): string {
  const title = name === null ? "no name" : sanitize(name);
  return expiresAt === undefined ? title : `${title}, expires ${formatDay(expiresAt)}`;
}
