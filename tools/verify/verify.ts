import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { REPOSITORY } from "../../test/engine/packages";
import { printTable, renderTable } from "../../test/support/table";
import type { Rows } from "../../test/support/table";
import { generatedPart, replaceGenerated } from "../support/generatedPart";
import type { Check, Result, WrittenFile } from "./check";

/** The page that shows the tables of the three commands. */
const PAGE = "docs/verification.md";

/** A command that checks the project with third-party tools. */
export interface Verification {
  /** The name of the command and of its markers in docs/verification.md: "verify:outside". */
  readonly command: string;
  readonly checks: readonly Check[];
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
 * Runs the checks one after the other, prints what each of them found and ends with a table.
 * @returns the exit code: 0 when all pass.
 */
async function verify({ command, checks }: Verification, args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string", multiple: true },
      write: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(helpOf(command, checks));
    return 0;
  }
  const chosen = choose(checks, values.only);
  const results: Result[] = [];
  for (const check of chosen) results.push(await run(command, check));

  for (const { check, finding } of results)
    for (const problem of finding.problems) console.log(`\n${check.id}: ${problem}`);
  console.log("");
  printTable(rowsOf(results, true));
  if (values.write) {
    const page = await readFile(join(REPOSITORY, PAGE), "utf8");
    const rows = mergeRows(checks, rowsOf(results, false), generatedPart(page, command));
    const table = { path: PAGE, marker: command, content: renderTable(rows) };
    for (const file of [table, ...results.flatMap(({ finding }) => finding.written ?? [])]) await write(file);
  }
  return results.every(({ finding }) => finding.problems.length === 0) ? 0 : 1;
}

async function write({ path, marker, content }: WrittenFile): Promise<void> {
  const file = join(REPOSITORY, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(
    file,
    marker === undefined ? content : replaceGenerated(await readFile(file, "utf8"), marker, content),
  );
}

function choose(checks: readonly Check[], only: readonly string[] | undefined): readonly Check[] {
  if (!only) return checks;
  return only.map((id) => {
    const check = checks.find((each) => each.id === id);
    if (check) return check;
    throw new Error(`--only must be one of ${checks.map((each) => each.id).join(", ")}, not "${id}".`);
  });
}

async function run(command: string, check: Check): Promise<Result> {
  const log = (line: string) => process.stderr.write(`${command}, ${check.id}: ${line}\n`);
  const startedAt = performance.now();
  const finding = await check.run(log).catch((error: unknown) => ({
    figures: "could not run",
    problems: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
  }));
  return { check, finding, seconds: (performance.now() - startedAt) / 1000 };
}

/** The table. The page shows no times, because they differ from run to run. */
function rowsOf(results: readonly Result[], withTimes: boolean): Rows {
  return [
    ["name", "subject", "tool", "figures", "result", ...(withTimes ? ["seconds"] : [])],
    ...results.map(({ check, finding, seconds }) => [
      check.id,
      check.subject,
      check.tool,
      finding.figures,
      finding.problems.length === 0 ? "passed" : `${finding.problems.length} problems`,
      ...(withTimes ? [seconds.toFixed(0)] : []),
    ]),
  ];
}

/** The rows of this run, and those of the page for the checks that were not chosen. */
export function mergeRows(
  checks: readonly Pick<Check, "id">[],
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
  return [header, ...checks.flatMap(({ id }) => [ofId(id) ?? []]).filter((row) => row.length > 0)];
}

function helpOf(command: string, checks: readonly Check[]): string {
  return [
    `Usage: npm run ${command} -- [options]`,
    `  --only NAME  run only this check, may be repeated: ${checks.map(({ id }) => id).join(", ")}`,
    "  --write      write the table to docs/verification.md; with --only, replace the rows of these checks",
  ].join("\n");
}
