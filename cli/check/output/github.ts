import { conclusionOf } from "../model/conclusion";
import type { CheckReport } from "../model/report";

/** Workflow commands of GitHub Actions: an annotation for each problem, or one that there is none. */
export function renderGithub(report: CheckReport): string {
  const { problems } = report;
  const lines = problems.map(({ kind, severity, message }) => annotation(severity, `mTLS: ${kind}`, message));
  return lines.length > 0 ? lines.join("") : annotation("notice", "mTLS", conclusionOf(report));
}

function annotation(command: "error" | "warning" | "notice", title: string, message: string): string {
  return `::${command} title=${escapeProperty(title)}::${escapeData(message)}\n`;
}

/** Source: @actions/core, `command.ts`. */
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
