import { readFileSync } from "node:fs";
import { withEnvironment } from "../../../../test/engine/processTree";

/** Milliseconds between two looks at the processes. */
const INTERVAL_MS = 2000;

/** Clock ticks in a second, in which Linux reports processor time to every program. */
const TICKS_PER_SECOND = 100;

const BYTES_PER_KB = 1024;

/** What the processes of a command used. Linux reports it; elsewhere there is nothing to read. */
export interface Resources {
  /** The most memory in use at one moment by all processes, in bytes; shared memory is counted once. */
  readonly peakBytes: number;
  readonly cpuSeconds: number;
}

/** Measures the processes that have `variable` (NAME=value) in their environment while a task runs. */
export async function measureResources<T>(
  variable: string,
  task: () => Promise<T>,
): Promise<{ readonly result: T; readonly resources: Resources }> {
  let peakBytes = 0;
  const timer = setInterval(() => {
    peakBytes = Math.max(peakBytes, memoryOf(withEnvironment(variable)));
  }, INTERVAL_MS);
  const before = cpuSecondsOfChildren();
  try {
    const result = await task();
    return { result, resources: { peakBytes, cpuSeconds: cpuSecondsOfChildren() - before } };
  } finally {
    clearInterval(timer);
  }
}

/** The proportional share of memory, in which a page of n processes counts as an nth for each. */
function memoryOf(pids: readonly number[]): number {
  const sizes = pids.map((pid) => {
    const text = readIfRunning(`/proc/${pid}/smaps_rollup`);
    return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) * BYTES_PER_KB;
  });
  return sizes.reduce((total, size) => total + size, 0);
}

/** Processor time of all ended descendants whose parents waited for them. */
function cpuSecondsOfChildren(): number {
  // After the name of the program, which may contain spaces, fields 16 and 17 are the times of the children.
  const fields = readIfRunning("/proc/self/stat").split(") ").at(-1)?.split(" ") ?? [];
  return (Number(fields[13] ?? 0) + Number(fields[14] ?? 0)) / TICKS_PER_SECOND;
}

function readIfRunning(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
