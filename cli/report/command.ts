import { parseArgs } from "node:util";
import { redactSecrets } from "../../provider/shared/redact";
import { parsePreview } from "./input/preview";
import { readPreview } from "./input/readPreview";
import { reportOf } from "./model/reportOf";
import { markdown } from "./output/markdown";
import { titleOf } from "./output/title";

export const REPORT_HELP = `pulumi-openai-certificates report [--json] [<file>]

Reads what \`pulumi preview --json\` writes, from a file or from standard input, also of a preview that failed, and writes
Markdown for a comment on a pull request or for a step's summary, in at most 60,000 characters.

  --json   the same for machines, in full: title, failed, rows, scopes, drift, warnings, errors, notes, others

Exit codes: 0 the preview succeeded; 1 the preview failed, and the report says why; 2 there is no report.
`;

/** @throws Error when the arguments are wrong, or the input is no preview. */
export async function report(args: readonly string[]): Promise<{ output: string; exitCode: number }> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { json: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const [file, ...others] = positionals;
  if (others.length > 0) throw new Error("name one file, or none to read standard input");
  const found = reportOf(parsePreview(await readPreview(file)), Date.now() / 1000);
  const output = values.json
    ? `${redactSecrets(JSON.stringify({ title: titleOf(found), ...found }, undefined, 2))}\n`
    : markdown(found);
  return { output, exitCode: found.failed ? 1 : 0 };
}
