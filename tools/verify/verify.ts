import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { REPOSITORY } from "../../test/engine/packages";
import { printTable, renderTable } from "../../test/support/table";
import type { Rows } from "../../test/support/table";
import { generatedPart, replaceGenerated } from "../support/generatedPart";
import type { Judgement, Verdict, WrittenFile } from "./judgement";

/** The page that shows the tables of the three commands. */
const PAGE = "docs/verification.md";

/** A command that lets outside judges examine the project. */
export interface Verification {
  /** The name of the command and of its markers in docs/verification.md: "verify:outside". */
  readonly command: string;
  readonly judgements: readonly Judgement[];
}

/** Runs a verification with the arguments of the command line and ends the process with its exit code. */
export function runAsCommand(verification: Verification): void {
  verify(verification, process.argv.slice(2)).then(
    (exitCode) => {
      process.exitCode = exitCode;
    },
    (error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    },
  );
}

/**
 * Runs the judgements one after the other, prints what each judge found and ends with a table.
 * @returns the exit code: 0 when no judge objects.
 */
async function verify({ command, judgements }: Verification, args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string", multiple: true },
      write: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(helpOf(command, judgements));
    return 0;
  }
  const chosen = choose(judgements, values.only);
  const verdicts: Verdict[] = [];
  for (const judgement of chosen) verdicts.push(await examine(command, judgement));

  for (const { judgement, finding } of verdicts)
    for (const problem of finding.problems) console.log(`\n${judgement.id}: ${problem}`);
  console.log("");
  printTable(rowsOf(verdicts, true));
  if (values.write) {
    const page = await readFile(join(REPOSITORY, PAGE), "utf8");
    const rows = mergeRows(judgements, rowsOf(verdicts, false), generatedPart(page, command));
    const table = { path: PAGE, marker: command, content: renderTable(rows) };
    for (const file of [table, ...verdicts.flatMap(({ finding }) => finding.written ?? [])])
      await write(file);
  }
  return verdicts.every(({ finding }) => finding.problems.length === 0) ? 0 : 1;
}

async function write({ path, marker, content }: WrittenFile): Promise<void> {
  const file = join(REPOSITORY, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(
    file,
    marker === undefined ? content : replaceGenerated(await readFile(file, "utf8"), marker, content),
  );
}

function choose(judgements: readonly Judgement[], only: readonly string[] | undefined): readonly Judgement[] {
  if (!only) return judgements;
  return only.map((id) => {
    const judgement = judgements.find((each) => each.id === id);
    if (judgement) return judgement;
    throw new Error(`--only must be one of ${judgements.map((each) => each.id).join(", ")}, not "${id}".`);
  });
}

async function examine(command: string, judgement: Judgement): Promise<Verdict> {
  const log = (line: string) => process.stderr.write(`${command}, ${judgement.id}: ${line}\n`);
  const startedAt = performance.now();
  const finding = await judgement.examine(log).catch((error: unknown) => ({
    figures: "could not be examined",
    problems: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
  }));
  return { judgement, finding, seconds: (performance.now() - startedAt) / 1000 };
}

/** The table. The page shows no times, because they differ from run to run. */
function rowsOf(verdicts: readonly Verdict[], withTimes: boolean): Rows {
  return [
    ["name", "examined", "by", "figures", "result", ...(withTimes ? ["seconds"] : [])],
    ...verdicts.map(({ judgement, finding, seconds }) => [
      judgement.id,
      judgement.subject,
      judgement.judge,
      finding.figures,
      finding.problems.length === 0 ? "passed" : `${finding.problems.length} problems`,
      ...(withTimes ? [seconds.toFixed(0)] : []),
    ]),
  ];
}

/** The rows of this run, and those of the page for the judgements that were not chosen. */
export function mergeRows(
  judgements: readonly Pick<Judgement, "id">[],
  [header = [], ...rows]: Rows,
  table: string,
): Rows {
  const kept = table.split("\n").map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  const ofId = (id: string) => [...rows, ...kept].find(([name]) => name === id);
  return [header, ...judgements.flatMap(({ id }) => [ofId(id) ?? []]).filter((row) => row.length > 0)];
}

function helpOf(command: string, judgements: readonly Judgement[]): string {
  return [
    `Usage: npm run ${command} -- [options]`,
    `  --only NAME  examine only this, may be repeated: ${judgements.map(({ id }) => id).join(", ")}`,
    "  --write      write the table to docs/verification.md; with --only, replace the rows of what was examined",
  ].join("\n");
}
