import { cpus } from "node:os";
import { pinnedVersion } from "../../../../test/engine/version";
import type { Check, Finding, Log } from "../../check";
import { startPostgres } from "../servers/postgres";
import { measureScale, WORKERS } from "./measure";
import type { Scale } from "./measure";
import { FIRST_IDS, slowCount } from "./organizations";
import { growthOf, renderScale } from "./report";
import type { Round } from "./round";

/** Number of stacks, unless the environment variable STACKS says otherwise. */
const STACKS = 200;

/**
 * The largest distance from a straight line, as a share of the total: growth with the square has more than 0.16. The
 * workers begin together and so finish in groups, each of which is one more step.
 */
const maxDeviation = (stacks: number): number => 0.1 + WORKERS / stacks;

/** Calls of a create: the list, and a request for each ten of the twelve ids. */
const CALLS_OF_CREATE = 3;

/** Whether time and API calls of many stacks grow in a straight line. */
export const scale: Check = {
  id: "scale",
  subject: "one stack for each of many organizations",
  tool: `Pulumi ${pinnedVersion()} with its Automation API, least squares`,
  run: async (log) => {
    const backend = await startPostgres();
    try {
      return findingOf(await measureScale(stackCount(), backend, log), log);
    } finally {
      await backend.close();
    }
  },
};

function findingOf(measured: Scale, log: Log): Finding {
  const { stacks, create, noChange, preview, active } = measured;
  const problems: string[] = [];
  const check = (holds: boolean, problem: string) => {
    if (!holds) problems.push(problem);
  };
  expectAll(create, stacks, "updated", check);
  expectAll(noChange, stacks, "no changes", check);
  expectAll(preview, stacks, "to update", check);

  const wrong = active.filter((ids) => ids.join() !== FIRST_IDS.join()).length;
  check(wrong === 0, `${wrong} organizations do not have exactly the declared certificates.`);
  const slow = slowCount(stacks);
  check(
    create.calls - create.rejected === stacks * CALLS_OF_CREATE,
    `The create sent ${create.calls - create.rejected} accepted calls instead of ${stacks * CALLS_OF_CREATE}.`,
  );
  check(
    create.rejected >= slow && create.rejected <= 2 * slow,
    `The create had ${create.rejected} rejected calls; ${slow} organizations reject one.`,
  );
  check(noChange.calls === 0, `The update without changes sent ${noChange.calls} API calls instead of none.`);
  check(
    preview.calls === stacks,
    `The preview sent ${preview.calls} API calls instead of one for each stack.`,
  );

  if (create.finished.length < 2) return { figures: "no stack was finished", problems };
  const { deviation, explained } = growthOf(create);
  check(
    deviation <= maxDeviation(stacks),
    `The time of the create deviates from a straight line by ${percent(deviation)} of the total, limit ${percent(maxDeviation(stacks))}.`,
  );
  const machine = `Measured on ${cpus().length} cores (${cpus()[0]?.model ?? "unknown"}), Node ${process.versions.node}, Pulumi ${pinnedVersion()}.`;
  const written = renderScale(measured, machine);
  log(written[0]?.content ?? "");
  return {
    figures: `${stacks} stacks in ${create.seconds.toFixed(0)} s, deviation from a line ${percent(deviation)}, R² ${explained.toFixed(4)}, ${create.calls} calls`,
    problems,
    written,
  };
}

function expectAll(
  { name, results, exitCode, output }: Round,
  stacks: number,
  result: string,
  check: (holds: boolean, problem: string) => void,
): void {
  check(
    exitCode === 0 && results[result] === stacks,
    `The ${name} ended with ${JSON.stringify(results)} instead of "${result}" for all ${stacks}:\n${output.slice(0, MAX_OUTPUT)}`,
  );
}

/** Characters of a failed command's output that are shown. */
const MAX_OUTPUT = 4000;

function stackCount(): number {
  const text = process.env["STACKS"] ?? String(STACKS);
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new Error(`STACKS must be a positive whole number, not "${text}".`);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
