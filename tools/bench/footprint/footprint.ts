import { join } from "node:path";
import { startEmulator } from "../../../test/emulator";
import { PACKAGE_NAME } from "../../../test/engine/packages";
import type { Sandbox } from "../../../test/engine/sandbox";
import { connectTo } from "../benchSandbox";
import { withPeakMemory } from "../processes/providerMemory";
import { createStack, declare, runCommand } from "../program";
import { formatBytes, formatSummary } from "../report/format";
import type { Section } from "../report/section";
import { summarize } from "../report/statistics";
import { EMPTY, PROVIDER } from "../subject";
import type { Subject } from "../subject";
import { OPERATIONS, UPLOADED } from "../wallTime/operations";
import { addedPackages, sizeOf } from "./packages";

const MEGABYTE = 1e6;

/** Measures what an installation adds, and the memory of the provider process. */
export async function footprint(sandbox: Sandbox, rounds: number): Promise<readonly Section[]> {
  const packed = await createStack(sandbox, PROVIDER);
  const own = join(packed.folder, "node_modules", PACKAGE_NAME);
  const [, ...dependencies] = await addedPackages();
  const sizes = await Promise.all(dependencies.map(({ folder }) => sizeOf(folder)));
  const dependencyBytes = sizes.reduce((sum, size) => sum + size, 0);
  const memory = await peakMemory(sandbox, rounds);
  return [
    {
      name: "footprint",
      title: "Size of an installation, and memory",
      rows: [
        ["Measurement", "Value"],
        ["Size of this package, installed", formatBytes(await sizeOf(own))],
        [
          "Packages that it adds to an installation of `@pulumi/pulumi`, and their size",
          `${dependencies.length}, ${formatBytes(dependencyBytes)}`,
        ],
        ...[EMPTY, PROVIDER].map(({ name }, index) => [
          `Peak memory of the provider process, create of 50 ids: ${name.toLowerCase()}, MB`,
          formatSummary(summarize((memory[index] ?? []).map((bytes) => bytes / MEGABYTE)), 1),
        ]),
      ],
      notes: [
        "Sizes are the sums of the installed files. Memory is the peak of the resident set, the median and quartiles of",
        `${rounds} processes.`,
      ],
      checks: [],
    },
  ];
}

/** @returns the peaks of all rounds, for each subject. */
async function peakMemory(sandbox: Sandbox, rounds: number): Promise<readonly (readonly number[])[]> {
  const subjects = [EMPTY, PROVIDER];
  const peaks = subjects.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, subject] of subjects.entries())
      peaks[index]?.push(await peakOfCreate(sandbox, subject));
  }
  return peaks;
}

async function peakOfCreate(sandbox: Sandbox, subject: Subject): Promise<number> {
  const emulator = await startEmulator();
  try {
    emulator.seed(UPLOADED.map((id) => ({ id })));
    const stack = await createStack(sandbox, subject);
    await declare(stack, { ids: OPERATIONS[0]?.declared ?? [] });
    return await withPeakMemory(sandbox, (env) =>
      runCommand(stack, "up", { ...connectTo(emulator), ...env }),
    );
  } finally {
    await emulator.close();
  }
}
