import { formatDate } from "../../../provider/shared/format";
import { conclusionOf } from "../model/conclusion";
import type {
  AccessReport,
  CertificateReport,
  CheckReport,
  ClientReport,
  OwnCertificateReport,
  Problem,
  ScopeReport,
  TrustReport,
} from "../model/report";
import { columns } from "./columns";

/** Colours a text, on a terminal. */
export type Paint = (style: "bold" | "dim" | "green" | "red" | "yellow", text: string) => string;

/** Maximum number of scopes or ids in a cell. */
const MAX_LISTED = 3;

const NONE = "-";

const FILTERS = "Filters (CEL) of certificates are visible only in the dashboard, and were not evaluated.";

/** The report for people. */
export function renderTable(report: CheckReport, paint: Paint): string {
  const { access, certificates, checkedAt, clients, problems, scopes } = report;
  const section = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : [paint("bold", title), ...lines, ""];
  const table = (rows: readonly (readonly string[])[]): readonly string[] =>
    columns(rows).map((line, index) => (index === 0 ? paint("dim", line) : line));
  const lines = [
    ...section("Access", columns(accessRows(access, checkedAt))),
    ...section("mTLS", columns(scopes.map(scopeRow))),
    ...section(
      "Certificates",
      certificates.length === 0
        ? []
        : table([
            ["ID", "NAME", "ACTIVE IN", "EXPIRES"],
            ...certificates.map((each) => certificateRow(each, checkedAt)),
          ]),
    ),
    ...section(
      "Clients",
      clients.length === 0
        ? []
        : [
            ...table([
              ["NAME", "CERTIFICATE", "RESULT", "TRUSTED BY", "UNTIL"],
              ...clients.map((each) => clientRow(each, checkedAt)),
            ]),
            `  ${FILTERS}`,
          ],
    ),
    ...section(
      "Problems",
      problems.map((each) => problemLine(each, paint)),
    ),
    paint(colourOf(problems), conclusionOf(report)),
  ];
  return `${lines.join("\n")}\n`;
}

function accessRows(access: AccessReport, now: number): readonly (readonly string[])[] {
  const { baseUrl, organization, reading, writing, clientCertificate } = access;
  return [
    ...(baseUrl === undefined
      ? []
      : [
          ["host", baseUrl],
          ["organization", organization ?? "that of the admin key"],
        ]),
    ["reading", reading],
    ["writing", writing],
    ...(clientCertificate ? [["client certificate", ownCertificate(clientCertificate, now)]] : []),
  ];
}

function ownCertificate({ presented, trust }: OwnCertificateReport, now: number): string {
  switch (presented) {
    case "not configured":
      return "not configured";
    case "ignored by the host":
      return "configured, but this host does not read it: use https://mtls.api.openai.com/v1 (or the mtls-us. or mtls-eu. host)";
    case "presented":
      return trust ? `presented, ${describeTrust(trust, now)}` : "presented";
  }
}

function describeTrust({ subject, result, trustedBy, until }: TrustReport, now: number): string {
  const whose = until === undefined ? subject : `${subject}, until ${formatDate(until, now)}`;
  switch (result) {
    case "trusted":
      return `trusted by ${shorten(trustedBy)}: ${whose}`;
    case "not required":
      return `not required: ${whose}`;
    case "rejected":
      return `trusted by no active certificate, although the API responded, so a gateway may present another one: ${whose}`;
    case "not determined":
      return `not known by which certificate it is trusted: ${whose}`;
  }
}

const ENFORCEMENT = {
  enforced: "enforced",
  inherited: "enforced, as in the organization",
  "not enforced": "not enforced",
  "not known": "not known",
} as const;

function scopeRow({ projectId, enforcement, active }: ScopeReport): readonly string[] {
  const label = projectId === undefined ? "organization" : `project ${projectId}`;
  return [label, ENFORCEMENT[enforcement], active === undefined ? "not listed" : `${active} active`];
}

function certificateRow(
  { id, name, activeIn, expiresAt }: CertificateReport,
  now: number,
): readonly string[] {
  return [
    id,
    name ?? NONE,
    activeIn.length === 0 ? NONE : shorten(activeIn),
    expiresAt === undefined ? "not known" : formatDate(expiresAt, now),
  ];
}

function clientRow(
  { name, subject, result, trustedBy, until }: ClientReport,
  now: number,
): readonly string[] {
  return [
    name,
    subject,
    result,
    trustedBy.length === 0 ? NONE : shorten(trustedBy),
    until === undefined ? NONE : formatDate(until, now),
  ];
}

function problemLine({ severity, message }: Problem, paint: Paint): string {
  return `  ${paint(severity === "error" ? "red" : "yellow", `${severity}:`)} ${message}`;
}

function colourOf(problems: readonly Problem[]): "green" | "red" | "yellow" {
  if (problems.length === 0) return "green";
  return problems.some(({ severity }) => severity === "error") ? "red" : "yellow";
}

function shorten(texts: readonly string[]): string {
  const listed = texts.slice(0, MAX_LISTED).join(", ");
  return texts.length > MAX_LISTED ? `${listed} and ${texts.length - MAX_LISTED} more` : listed;
}
