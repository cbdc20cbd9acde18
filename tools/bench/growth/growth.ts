import { startEmulator } from "../../../test/emulator";
import type { Emulator } from "../../../test/emulator";
import type { Sandbox } from "../../../test/engine/sandbox";
import { connectTo } from "../benchSandbox";
import { withPeakMemory } from "../processes/providerMemory";
import { createStack, declare, projectIds, runCommand } from "../program";
import { formatBytes } from "../report/format";
import { lineChart } from "../report/plot/lineChart";
import type { Section } from "../report/section";
import { median } from "../report/statistics";
import { EMPTY, PROVIDER } from "../subject";
import type { Subject } from "../subject";

/** Resources in one program. */
const SIZES = [1, 10, 100, 500] as const;

/** Repetitions of a size: enough for a median. A program with many resources averages over them by itself. */
const repetitionsOf = (size: number): number => (size < 500 ? 3 : 1);

/** A program of one size: seconds, bytes. */
interface Growth {
  readonly createSeconds: number;
  readonly noChangeSeconds: number;
  readonly memoryBytes: number;
  readonly stateBytes: number;
}

/** Measures programs with more and more resources, each for a project with one certificate. */
export async function growth(sandbox: Sandbox, log: (line: string) => void): Promise<readonly Section[]> {
  const empty: Growth[] = [];
  const provider: Growth[] = [];
  for (const size of SIZES) {
    log(`growth: ${size} resources`);
    empty.push(await measure(sandbox, EMPTY, size));
    provider.push(await measure(sandbox, PROVIDER, size));
  }
  const title = "Resources in one program";
  const pair = (format: (value: Growth) => string, index: number) =>
    [empty[index], provider[index]].map((value) => (value ? format(value) : "")).join(" / ");
  return [
    {
      name: "growth",
      title: `${title}: empty resource / provider`,
      rows: [
        [
          "Resources",
          "Create, s",
          "No change, s",
          "Memory of the provider process",
          "State",
          "State, a resource",
        ],
        ...SIZES.map((size, index) => [
          String(size),
          pair(({ createSeconds }) => createSeconds.toFixed(1), index),
          pair(({ noChangeSeconds }) => noChangeSeconds.toFixed(1), index),
          pair(({ memoryBytes }) => formatBytes(memoryBytes), index),
          pair(({ stateBytes }) => formatBytes(stateBytes), index),
          pair(({ stateBytes }) => formatBytes(stateBytes / size), index),
        ]),
      ],
      notes: [
        `Each cell: empty resource / provider. Medians of ${repetitionsOf(1)} repetitions; the largest program runs once.`,
      ],
      checks: [],
      plot: {
        file: "growth.svg",
        alt: `Line chart: seconds of a create and of an update without changes, by the number of resources`,
        svg: lineChart({
          title: `${title}, in seconds`,
          axis: "Resources",
          positions: SIZES,
          series: [
            { name: "Create, empty resource", values: empty.map((each) => each.createSeconds) },
            { name: "Create, provider", values: provider.map((each) => each.createSeconds) },
            { name: "No change, provider", values: provider.map((each) => each.noChangeSeconds) },
          ],
        }),
      },
    },
  ];
}

async function measure(sandbox: Sandbox, subject: Subject, size: number): Promise<Growth> {
  const emulator = await startEmulator({ projects: projectIds(size) });
  emulator.seed([{ id: "cert_01" }]);
  try {
    const repetitions: Growth[] = [];
    for (let repetition = 1; repetition <= repetitionsOf(size); repetition += 1)
      repetitions.push(await measureOnce(sandbox, subject, size, emulator));
    const middle = (of: (growth: Growth) => number) => median(repetitions.map(of));
    return {
      createSeconds: middle(({ createSeconds }) => createSeconds),
      noChangeSeconds: middle(({ noChangeSeconds }) => noChangeSeconds),
      memoryBytes: middle(({ memoryBytes }) => memoryBytes),
      stateBytes: middle(({ stateBytes }) => stateBytes),
    };
  } finally {
    await emulator.close();
  }
}

async function measureOnce(
  sandbox: Sandbox,
  subject: Subject,
  size: number,
  emulator: Emulator,
): Promise<Growth> {
  for (const project of projectIds(size)) emulator.setActive("cert_01", false, project);
  const stack = await createStack(sandbox, subject);
  await declare(stack, { projects: size });
  let createSeconds = 0;
  const memoryBytes = await withPeakMemory(sandbox, async (env) => {
    ({ seconds: createSeconds } = await runCommand(stack, "up", { ...connectTo(emulator), ...env }));
  });
  const { seconds: noChangeSeconds } = await runCommand(stack, "up", connectTo(emulator));
  const { stdout } = await stack.run(["stack", "export"]);
  return { createSeconds, noChangeSeconds, memoryBytes, stateBytes: Buffer.byteLength(stdout) };
}
