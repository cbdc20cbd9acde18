import { writeSync } from "node:fs";

const STDERR = 2;

/** The exit code of a process that ends although a call is pending. The command has it for "no result", too. */
const UNFINISHED = 2;

const pending = new Set<{ readonly name: string }>();

/**
 * Makes a call, during which the process cannot end with success. Node ends a process with exit code 0 as soon as nothing
 * keeps it, even if it awaits a promise. The engine would then take the program as complete, and delete what it did not
 * declare.
 * @param name the call as a message names it.
 */
export async function whilePending<T>(name: string, call: () => Promise<T>): Promise<T> {
  const entry = { name };
  if (pending.size === 0) process.on("exit", failIfPending);
  pending.add(entry);
  try {
    return await call();
  } finally {
    pending.delete(entry);
    if (pending.size === 0) process.off("exit", failIfPending);
  }
}

/** A process that has failed already keeps its exit code. */
function failIfPending(exitCode: number): void {
  if (exitCode !== 0) return;
  process.exitCode = UNFINISHED;
  const names = [...new Set([...pending].map(({ name }) => name))].join(", ");
  // The process ends after this, so only a synchronous write arrives.
  writeSync(STDERR, `pulumi-openai-certificates: the process ended while a call was pending: ${names}\n`);
}
