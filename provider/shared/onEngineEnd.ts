import { fstatSync } from "node:fs";

/**
 * Calls back when the engine that started this process ends, even if it is killed: the engine holds the other end of
 * stdin. A debugger or a language host may start a process with a stdin that is no pipe and ends at once.
 */
export function onEngineEnd(end: () => void): void {
  if (fstatSync(0).isFIFO()) process.stdin.on("end", end).resume();
}
