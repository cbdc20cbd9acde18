import { join } from "node:path";
import { runProcess } from "../../../test/engine/process";
import type { Sandbox } from "../../../test/engine/sandbox";
import type { Stack } from "../../../test/engine/stack";
import { PROGRAM_START_MS, PROVIDER_START_MS } from "../limits";
import { createStack } from "../program";
import { formatSummary } from "../report/format";
import type { Section } from "../report/section";
import { summarize } from "../report/statistics";
import { orderOf } from "../rounds";
import { PROVIDER } from "../subject";
import type { Subject } from "../subject";
import { pluginStartUp } from "./pluginStartUp";

const PLACES = [
  { place: "program", name: "Program: the package, after `@pulumi/pulumi`", limit: PROGRAM_START_MS },
  {
    place: "provider",
    name: "Provider process: `./provider`, after the SDK's modules",
    limit: PROVIDER_START_MS,
  },
] as const;

/** Milliseconds. */
interface LoadTime {
  readonly elapsed: number;
  readonly cpu: number;
}

/** Measures how long loading the package takes, each time in a new process that compiles everything. */
export async function startUp(
  sandbox: Sandbox,
  rounds: number,
  compared: Subject | undefined,
): Promise<readonly Section[]> {
  const subjects = [PROVIDER, ...(compared ? [compared] : [])];
  const stacks: Stack[] = [];
  for (const subject of subjects) stacks.push(await createStack(sandbox, subject));

  const times = PLACES.map(() => stacks.map((): LoadTime[] => []));
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, { place }] of PLACES.entries()) {
      for (const stack of orderOf(stacks, round))
        times[index]?.[stacks.indexOf(stack)]?.push(await loadTime(sandbox, stack, place));
    }
  }
  const measured = PLACES.map((each, index) => ({
    ...each,
    summaries: (times[index] ?? []).map(summarizeTimes),
  }));
  return [
    {
      name: "start-up",
      title: "Loading the package",
      rows: [
        ["Loaded in", ...subjects.flatMap(({ name }) => [`${name}, ms`, `${name}, CPU ms`]), "Limit, ms"],
        ...measured.map(({ name, summaries, limit }) => [
          name,
          ...summaries.flatMap(({ elapsed, cpu }) => [formatSummary(elapsed, 1), formatSummary(cpu, 1)]),
          String(limit.atMost),
        ]),
      ],
      notes: [
        `Medians and quartiles of ${rounds} new processes each, without Node's compile cache: elapsed time, and time of the`,
        "CPU, which other processes hardly affect. The limit is for elapsed time.",
      ],
      checks: measured.map(({ place, summaries, limit }) => ({
        name: `loading the package in the ${place}, ms`,
        measured: summaries[0]?.elapsed.median ?? NaN,
        limit,
      })),
    },
    await pluginStartUp(rounds),
  ];
}

async function loadTime(sandbox: Sandbox, stack: Stack, place: string): Promise<LoadTime> {
  const args = [join(__dirname, "loadTime.js"), place];
  const { exitCode, stdout, output } = await runProcess(process.execPath, args, {
    cwd: stack.folder,
    env: sandbox.env,
  });
  if (exitCode !== 0) throw new Error(`Loading the package in the ${place} failed:\n${output}`);
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as LoadTime;
}

function summarizeTimes(times: readonly LoadTime[]) {
  return {
    elapsed: summarize(times.map(({ elapsed }) => elapsed)),
    cpu: summarize(times.map(({ cpu }) => cpu)),
  };
}
