import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { startEmulator } from "../../../test/emulator";
import type { Sandbox } from "../../../test/engine/sandbox";
import type { Stack } from "../../../test/engine/stack";
import { ids } from "../../../test/support/ids";
import { connectTo } from "../benchSandbox";
import { createStack, declare, runCommand } from "../program";
import type { Command } from "../program";
import { formatSummary } from "../report/format";
import type { Section } from "../report/section";
import { summarize } from "../report/statistics";
import { EMPTY, PLUGIN, PROVIDER } from "../subject";

const SUBJECTS = [EMPTY, PROVIDER, PLUGIN];

/** Commands that change nothing, so that each round measures the same. A refresh runs no program. */
const COMMANDS = ["up", "refresh"] as const satisfies readonly Command[];

/** The seconds of the rounds without a cache, with an empty one, and with one that an earlier command has filled. */
interface Times {
  readonly without: number[];
  readonly cold: number[];
  readonly warm: number[];
}

/** Measures what Node's compile cache saves: `NODE_COMPILE_CACHE` names a folder for it. */
export async function compileCache(
  sandbox: Sandbox,
  rounds: number,
  log: (line: string) => void,
): Promise<readonly Section[]> {
  const rows: string[][] = [];
  for (const subject of SUBJECTS) {
    log(`compile cache: ${subject.name}`);
    const emulator = await startEmulator();
    emulator.seed(ids(1, 50).map((id) => ({ id })));
    try {
      const stack = await createStack(sandbox, subject);
      await declare(stack, { ids: ids(1, 50) });
      await runCommand(stack, "up", connectTo(emulator));
      for (const command of COMMANDS) {
        const times = await measure(sandbox, stack, command, rounds, connectTo(emulator));
        rows.push([command, subject.name, ...columns(times)]);
      }
    } finally {
      await emulator.close();
    }
  }
  return [
    {
      name: "compile-cache",
      title: "Node's compile cache",
      rows: [["Command without changes", "Subject", "Without, s", "Cold, s", "Warm, s"], ...rows],
      notes: [
        `Medians and quartiles of ${rounds} rounds. Cold: NODE_COMPILE_CACHE names an empty folder, which the command fills.`,
        "Warm: an earlier command has filled it.",
      ],
      checks: [],
    },
  ];
}

async function measure(
  sandbox: Sandbox,
  stack: Stack,
  command: Command,
  rounds: number,
  env: Record<string, string>,
): Promise<Times> {
  const times: Times = { without: [], cold: [], warm: [] };
  const seconds = async (folder: string): Promise<number> => {
    const result = await runCommand(stack, command, { ...env, NODE_COMPILE_CACHE: folder });
    return result.seconds;
  };
  for (let round = 0; round < rounds; round += 1) {
    const folder = await mkdtemp(join(sandbox.folder, "compile-cache-"));
    times.without.push(await seconds(""));
    times.cold.push(await seconds(folder));
    times.warm.push(await seconds(folder));
    await rm(folder, { recursive: true });
  }
  return times;
}

function columns({ without, cold, warm }: Times): readonly string[] {
  return [without, cold, warm].map((seconds) => formatSummary(summarize(seconds), 2));
}
