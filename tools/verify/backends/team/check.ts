import { pinnedVersion } from "../../../../test/engine/version";
import type { Check, Finding, Log } from "../../check";
import type { SharedBackend } from "../servers/sharedBackend";
import type { Expectations } from "./expectations";
import { oneStack } from "./oneStack";
import { takeover, TAKEOVERS } from "./takeover";
import { createTeam } from "./team";
import type { Team } from "./team";
import { twoStacks } from "./twoStacks";

interface Scenario {
  readonly name: string;
  readonly run: (team: Team) => Promise<Expectations>;
}

const SCENARIOS: readonly Scenario[] = [
  { name: "two runners on one stack", run: oneStack },
  { name: "two stacks on one organization", run: twoStacks },
  ...TAKEOVERS.map((change) => ({
    name: `takeover after a killed ${change.name}`,
    run: (team: Team) => takeover(team, change),
  })),
];

interface Options {
  /** The name for `--only`. */
  readonly id: string;
  /** What keeps the state: "PostgreSQL". */
  readonly store: string;
  readonly start: (log: Log) => Promise<SharedBackend>;
}

/** Whether several runners that share a backend keep the state and the organization intact. */
export function sharedState({ id, store, start }: Options): Check {
  return {
    id,
    subject: `runners that share their state in ${store}`,
    tool: `Pulumi ${pinnedVersion()}`,
    run: async (log) => {
      const backend = await start(log);
      try {
        return await runScenarios(backend, log);
      } finally {
        await backend.close();
      }
    },
  };
}

async function runScenarios(backend: SharedBackend, log: Log): Promise<Finding> {
  const results: Expectations[] = [];
  for (const { name, run } of SCENARIOS) {
    log(`${name}, on ${backend.server}`);
    const team = await createTeam(await backend.newStore());
    try {
      results.push(await run(team));
    } finally {
      await team.dispose();
    }
  }
  const count = results.reduce((sum, expectations) => sum + expectations.count, 0);
  return {
    figures: `${backend.server}: ${results.length} scenarios, ${count} expectations`,
    problems: results.flatMap(({ problems }) => problems),
  };
}
