import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/**
 * Kills every process that has `variable` (NAME=value) in its environment. The engine puts its plugins into process
 * groups of their own, and a plugin outlives a killed engine, so neither group nor parent would find them all.
 */
export function killByEnvironment(variable: string): void {
  // A process may start another one while the list is read; that one is then found in the next round.
  for (let pids = withEnvironment(variable); pids.length > 0; pids = withEnvironment(variable))
    pids.forEach(kill);
}

/** The processes of this user that have `variable` (NAME=value) in their environment. */
export function withEnvironment(variable: string): number[] {
  const found = process.platform === "linux" ? fromProc(variable) : fromPs(variable);
  return found.filter((pid) => pid !== process.pid);
}

function fromProc(variable: string): number[] {
  const has = (pid: string) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(variable);
    } catch {
      return false; // It has ended, or belongs to somebody else.
    }
  };
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && has(name))
    .map(Number);
}

function fromPs(variable: string): number[] {
  const lines = execFileSync("ps", ["-A", "-E", "-ww", "-o", "pid=,command="], { encoding: "utf8" }).split(
    "\n",
  );
  return lines.filter((line) => line.split(" ").includes(variable)).map((line) => Number.parseInt(line, 10));
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended.
  }
}
