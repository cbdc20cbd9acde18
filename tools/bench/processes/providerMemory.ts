import { mkdtemp, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Sandbox } from "../../../test/engine/sandbox";

const PRELOAD = join(__dirname, "providerProcess.js");

/** The environment of a command whose provider process ends normally. @param nodeOptions more options of Node. */
export function endingNormally(nodeOptions: readonly string[] = []): Record<string, string> {
  return { NODE_OPTIONS: [`--require=${PRELOAD}`, ...nodeOptions].join(" ") };
}

/** Runs a command. @returns the peak of the resident memory of its provider process, in bytes. */
export async function withPeakMemory(
  sandbox: Sandbox,
  run: (env: Record<string, string>) => Promise<unknown>,
): Promise<number> {
  const folder = await mkdtemp(join(sandbox.folder, "memory-"));
  await run({ ...endingNormally(), BENCH_MEMORY_FOLDER: folder });
  const files = await readdir(folder);
  const peaks = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
  if (peaks.length === 0) throw new Error("The provider process did not record its memory: was it killed?");
  return Math.max(...peaks.map(Number));
}
