import { parseArgs } from "node:util";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation";
import { readOrganizations } from "./fleetFile";
import { runStack } from "./runStack";
import type { Outcome } from "./runStack";
import { runWithWorkers } from "./workers";

const HELP = `Usage: npx tsx main.ts [options]
Previews the stack of each organization in organizations.json.
  --yes        update the stacks instead
  --workers N  stacks at the same time (default: 4)
  --help       print this text`;

/** @returns the exit code: 1 when an organization failed. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      yes: { type: "boolean", default: false },
      workers: { type: "string", default: "4" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const workers = Number(values.workers);
  if (!Number.isInteger(workers) || workers < 1)
    throw new Error(`--workers must be a positive whole number, not "${values.workers}".`);

  const organizations = readOrganizations();
  const keys = takeFromEnvironment(organizations.map(({ adminKeyVariable }) => adminKeyVariable));
  const pulumi = await PulumiCommand.get();
  await openBackend(pulumi);
  const run = {
    pulumi,
    updates: values.yes,
    adminKeyOf: ({ adminKeyVariable }: { adminKeyVariable: string }) => keys.get(adminKeyVariable),
  };
  const outcomes: Outcome[] = [];
  await runWithWorkers(organizations, workers, async (organization) => {
    const outcome = await runStack(organization, run);
    outcomes.push(outcome);
    print(outcome);
  });

  printSummary(organizations.flatMap(({ name }) => outcomes.filter((each) => each.organization === name)));
  return outcomes.every(({ result }) => result !== "failed") ? 0 : 1;
}

/**
 * Opens the backend once before the workers do. A wrong backend then fails once, and the table that the first run in a
 * PostgreSQL database creates is there: several runs that create it at the same time fail.
 */
async function openBackend(pulumi: PulumiCommand): Promise<void> {
  const workspace = await LocalWorkspace.create({ workDir: __dirname, pulumiCommand: pulumi });
  await workspace.whoAmI();
}

/** Reads variables and removes them, so that no program of a stack sees the keys of other organizations. */
function takeFromEnvironment(names: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Map<string, string>();
  for (const name of names) {
    const value = process.env[name];
    if (value !== undefined && value !== "") taken.set(name, value);
  }
  for (const name of names) Reflect.deleteProperty(process.env, name);
  return taken;
}

/** Prints a line for each organization, and what Pulumi printed if there is something to read. */
function print({ organization, result, seconds, output }: Outcome): void {
  console.log(`${organization}: ${result} (${seconds.toFixed(1)} s)`);
  if (result !== "no changes") console.log(output.trim().replaceAll(/^/gm, "    "));
}

function printSummary(outcomes: readonly Outcome[]): void {
  const width = Math.max(0, ...outcomes.map(({ organization }) => organization.length));
  console.log("\nSummary");
  for (const { organization, result, seconds } of outcomes) {
    console.log(
      `${organization.padEnd(width)}  ${result.padEnd("no changes".length)}  ${seconds.toFixed(1)} s`,
    );
  }
}

main().then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
