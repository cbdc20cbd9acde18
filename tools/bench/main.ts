import { mkdir, readFile, writeFile } from "node:fs/promises";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import type { Engine } from "../../test/engine/engine";
import { EngineNotFound, findEngine } from "../../test/engine/findEngine";
import { REPOSITORY } from "../../test/engine/packages";
import type { Sandbox } from "../../test/engine/sandbox";
import { printTable } from "../../test/support/table";
import { replaceGenerated } from "../support/generatedPart";
import { createBenchSandbox } from "./benchSandbox";
import { calls } from "./calls/calls";
import { compileCache } from "./compileCache/compileCache";
import { footprint } from "./footprint/footprint";
import { growth } from "./growth/growth";
import { HELP, parseOptions } from "./options";
import type { BenchOptions, Part } from "./options";
import { profile } from "./profile/profile";
import { describeFailures } from "./report/check";
import { renderSection } from "./report/markdown";
import type { Section } from "./report/section";
import { startUp } from "./startUp/startUp";
import { comparedSubject } from "./subject";
import { wallTime } from "./wallTime/wallTime";

const PAGE = join(REPOSITORY, "docs/performance.md");
const PICTURES = join(REPOSITORY, "docs/performance");

/** Measures the provider against a resource that does nothing: `npm run bench -- --help`. */
async function main(args: readonly string[]): Promise<number> {
  const options = parseOptions(args);
  if (!options) {
    console.log(HELP);
    return 0;
  }
  const engine = await findEngine();
  const machine = describeMachine(engine);
  const sandbox = await createBenchSandbox(engine);
  const sections: Section[] = [];
  try {
    for (const part of options.parts) {
      const measured = await measure(part, sandbox, options);
      measured.forEach(print);
      sections.push(...measured);
    }
  } finally {
    await sandbox.dispose();
  }
  console.log(`\n${machine}`);
  if (options.writes) await write(sections, machine);
  const failures = describeFailures(sections.flatMap(({ checks }) => checks));
  for (const failure of failures) console.log(`exceeds its limit: ${failure}`);
  return options.checks && failures.length > 0 ? 1 : 0;
}

function measure(part: Part, sandbox: Sandbox, options: BenchOptions): Promise<readonly Section[]> {
  const { rounds, isShort, windowSeconds } = options;
  const compared = options.compare === undefined ? undefined : comparedSubject(options.compare);
  switch (part) {
    case "start-up":
      return startUp(sandbox, rounds, compared);
    case "wall-time":
      return wallTime(sandbox, { rounds, compared, withLatency: !isShort }, log);
    case "calls":
      return calls(sandbox, { windowSeconds: isShort ? undefined : windowSeconds }, log);
    case "growth":
      return growth(sandbox, log);
    case "profile":
      return profile(sandbox);
    case "footprint":
      return footprint(sandbox, rounds);
    case "compile-cache":
      return compileCache(sandbox, rounds, log);
  }
}

function log(line: string): void {
  process.stderr.write(`bench: ${line}\n`);
}

function print({ title, rows, notes }: Section): void {
  console.log(`\n${title}\n`);
  printTable(rows);
  console.log(`\n${notes.join("\n")}`);
}

async function write(sections: readonly Section[], machine: string): Promise<void> {
  let page = await readFile(PAGE, "utf8");
  await mkdir(PICTURES, { recursive: true });
  for (const section of sections) {
    page = replaceGenerated(page, section.name, renderSection(section));
    if (section.plot) await writeFile(join(PICTURES, section.plot.file), section.plot.svg);
  }
  await writeFile(PAGE, replaceGenerated(page, "machine", machine));
}

/** Describes the machine before anything is measured. A load near the number of cores makes all times useless. */
function describeMachine({ version }: Engine): string {
  const processors = cpus();
  const [load = 0] = loadavg();
  return (
    `Measured on ${processors.length} cores (${processors[0]?.model ?? "unknown"}), Node ${process.versions.node}, ` +
    `Pulumi ${version}, at a load of ${load.toFixed(1)} from other processes.`
  );
}

main(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    console.error(error instanceof EngineNotFound ? error.message : error);
    process.exitCode = 1;
  },
);
