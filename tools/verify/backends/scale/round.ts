import { countCalls } from "../../../../test/emulator";
import { resultsIn, runFleet } from "../../../../test/support/fleet";
import type { FleetOrganization } from "../../../../test/support/fleet";
import { measureResources } from "./resources";
import type { Resources } from "./resources";

/** A moment at which another stack was finished. */
export interface Finished {
  readonly stacks: number;
  /** Since the start of the command. */
  readonly seconds: number;
  /** API calls of all finished stacks. */
  readonly calls: number;
}

/** One run of the command for all organizations. */
export interface Round {
  readonly name: string;
  readonly finished: readonly Finished[];
  readonly seconds: number;
  readonly calls: number;
  /** Calls that a rate limit rejected; they are among the calls. */
  readonly rejected: number;
  readonly resources: Resources;
  readonly exitCode: number | undefined;
  /** How many organizations ended with each result. */
  readonly results: Readonly<Record<string, number>>;
  readonly output: string;
}

export interface Fleet {
  /** The copy of the example. */
  readonly folder: string;
  readonly organizations: readonly FleetOrganization[];
  readonly env: Readonly<Record<string, string>>;
  readonly workers: number;
}

/** Runs the command of the example for all organizations, and measures it. */
export async function runRound(
  name: string,
  { folder, organizations, env, workers }: Fleet,
  args: readonly string[],
): Promise<Round> {
  for (const { emulator } of organizations) emulator.clearLog();
  const byName = new Map(organizations.map((organization) => [organization.name, organization]));
  const finished: Finished[] = [];
  let calls = 0;
  const startedAt = performance.now();
  const { result, resources } = await measureResources(`HOME=${env["HOME"] ?? ""}`, () =>
    runFleet(folder, [...args, "--workers", String(workers)], {
      env,
      onOutputLine: (line) => {
        const organization = byName.get(FINISHED.exec(line)?.[1] ?? "");
        if (!organization) return;
        calls += organization.emulator.log.length;
        const seconds = (performance.now() - startedAt) / 1000;
        finished.push({ stacks: finished.length + 1, seconds, calls });
      },
    }),
  );
  const log = organizations.flatMap(({ emulator }) => emulator.log);
  return {
    name,
    finished,
    seconds: result.seconds,
    calls: Object.values(countCalls(log)).reduce((sum, count) => sum + count, 0),
    rejected: log.filter(({ status }) => status === 429).length,
    resources,
    exitCode: result.exitCode,
    results: countResults(Object.values(resultsIn(result.output))),
    output: result.output,
  };
}

/** The line that the command prints when a stack is finished. */
const FINISHED = /^(\S+): (?:no changes|to update|updated|failed) \([\d.]+ s\)$/;

function countResults(results: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const result of results) counts[result] = (counts[result] ?? 0) + 1;
  return counts;
}
