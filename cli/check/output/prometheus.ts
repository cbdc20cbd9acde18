import { isComplete } from "../model/report";
import type { CheckReport, ClientReport, ScopeReport } from "../model/report";

type Labels = Readonly<Record<string, string>>;

/** A gauge, with its values. */
interface Metric {
  /** Without the prefix. */
  readonly name: string;
  readonly help: string;
  readonly values: readonly (readonly [Labels, number])[];
}

const PREFIX = "openai_certificates_";

/** The text format of Prometheus, as a file for the textfile collector of a node exporter. What is not known is left out. */
export function renderPrometheus(report: CheckReport): string {
  return metricsOf(report)
    .filter(({ values }) => values.length > 0)
    .map(render)
    .join("");
}

function metricsOf(report: CheckReport): readonly Metric[] {
  const { access, certificates, checkedAt, clients, problems, scopes } = report;
  const ownTrust = access.clientCertificate?.trust;
  return [
    {
      name: "check_timestamp_seconds",
      help: "When the check ran.",
      values: [[{}, checkedAt]],
    },
    {
      name: "check_complete",
      help: "Whether everything could be checked.",
      values: [[{}, Number(isComplete(report))]],
    },
    {
      name: "problems",
      help: "Number of problems that the check found.",
      values: (["error", "warning"] as const).map((severity) => [
        { severity },
        problems.filter((each) => each.severity === severity).length,
      ]),
    },
    {
      name: "enforced",
      help: "Whether mTLS is enforced, by certificates of the scope or inherited ones.",
      values: scopes
        .filter(({ enforcement }) => enforcement !== "not known")
        .map((scope) => [{ scope: labelOf(scope) }, Number(scope.enforcement !== "not enforced")]),
    },
    {
      name: "active",
      help: "Number of certificates that are active in the scope itself.",
      values: scopes.flatMap((scope) =>
        scope.active === undefined ? [] : [[{ scope: labelOf(scope) }, scope.active] as const],
      ),
    },
    {
      name: "expiry_timestamp_seconds",
      help: "When a certificate expires.",
      values: certificates.flatMap(({ id, name, activeIn, expiresAt }) =>
        expiresAt === undefined
          ? []
          : [[{ id, name: name ?? "", active: String(activeIn.length > 0) }, expiresAt] as const],
      ),
    },
    {
      name: "client_accepted",
      help: "Whether a client can connect.",
      values: clients
        .filter(({ result }) => result !== "not determined")
        .map((client) => [{ client: client.name }, Number(isAccepted(client))]),
    },
    {
      name: "client_expiry_timestamp_seconds",
      help: "When the certificate of a client expires, or the last one that trusts it.",
      values: clients.flatMap(({ name, until }) =>
        until === undefined ? [] : [[{ client: name }, until] as const],
      ),
    },
    {
      name: "own_expiry_timestamp_seconds",
      help: "When the client certificate of the check itself expires, or the last one that trusts it.",
      values: ownTrust?.until === undefined ? [] : [[{}, ownTrust.until]],
    },
  ];
}

function isAccepted({ result }: ClientReport): boolean {
  return result === "trusted" || result === "not required";
}

function labelOf({ projectId }: ScopeReport): string {
  return projectId ?? "organization";
}

function render({ name, help, values }: Metric): string {
  const full = `${PREFIX}${name}`;
  const samples = values.map(([labels, value]) => `${full}${renderLabels(labels)} ${value}\n`);
  return `# HELP ${full} ${help}\n# TYPE ${full} gauge\n${samples.join("")}`;
}

function renderLabels(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escape(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

/** Source: Prometheus, "Exposition formats". */
function escape(text: string): string {
  return text
    .replaceAll("\\", String.raw`\\`)
    .replaceAll('"', String.raw`\"`)
    .replaceAll("\n", String.raw`\n`);
}
