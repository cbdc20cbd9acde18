import { parseArgs } from "node:util";
import { redactSecrets } from "../../provider/shared/redact";
import { parsePreview } from "./input/preview";
import { readPreview } from "./input/readPreview";
import { reportOf } from "./model/reportOf";
import { markdown } from "./output/markdown";
import { kindOf, titleOf } from "./output/title";

export const REPORT_HELP = `pulumi-openai-certificates report [--json] [<file>]

Renders the output of \`pulumi preview --json\` as Markdown for a pull request comment or a job summary (at most 60,000
characters). Reads a file or standard input. Also renders failed previews.

  --json   print the full report as JSON: title, kind, stack, time, failed, rows, unchanged, scopes, clients, drift,
           warnings, errors, notes, others

Exit codes: 0 the preview succeeded; 1 the preview failed, and the report contains the reason; 2 no report was written.
`;

/** @throws Error when the arguments are wrong, or the input is not a preview. */
export async function report(args: readonly string[]): Promise<{ output: string; exitCode: number }> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { json: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const [file, ...others] = positionals;
  if (others.length > 0) throw new Error("pass at most one file; without one, standard input is read");
  const found = reportOf(parsePreview(await readPreview(file)), Date.now() / 1000);
  const output = values.json
    ? `${redactSecrets(JSON.stringify({ title: titleOf(found), kind: kindOf(found), ...found }, undefined, 2))}\n`
    : markdown(found);
  return { output, exitCode: found.failed ? 1 : 0 };
}
