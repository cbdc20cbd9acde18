import { remedyFor } from "../../../provider/api/errors/remedies";
import type { Failure } from "../../../provider/api/errors/remedies";
import { FAILURES } from "../../support/failures";
import { NAMES } from "../../support/names";

/** The part of docs/troubleshooting.md about requests: the table of remedies, with the words of the screen. */
export function requestsPart(): string {
  return FAILURES.map(({ cause, failures, baseUrl = "https://api.openai.com/v1" }) => {
    const remedies = failures.map((failure) => remedyFor(failure, { baseUrl, names: NAMES }) ?? "");
    return [
      `### ${cause.charAt(0).toUpperCase()}${cause.slice(1)}`,
      `Appears with ${[...new Set(failures.map(seenAs))].join(", ")}:`,
      ...[...new Set(remedies.map(withoutVariableParts))].map((text) => `\`\`\`text\n${text}\n\`\`\``),
    ].join("\n\n");
  }).join("\n\n");
}

function seenAs({ status, code, networkCode, method }: Failure): string {
  if (networkCode !== undefined) return `\`${networkCode}\``;
  return `\`HTTP ${status ?? ""}${code === undefined ? "" : ` ${code}`}\`${method === "GET" ? "" : ` for ${method}`}`;
}

function withoutVariableParts(remedy: string): string {
  return remedy
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "…")
    .replaceAll(/proj_a\b|https:\/\/gateway\.example\/openai/g, "…");
}
