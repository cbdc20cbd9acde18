import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "./userError";

let controller = new AbortController();

/** Aborts when the user cancels the update, for example with Ctrl-C, as far as the engine reports that. */
export function cancellation(): AbortSignal {
  return controller.signal;
}

/** Cancels all operations of this process: waits end at once, and no further change is sent. */
export function cancelOperations(): void {
  controller.abort();
}

/** Forgets an earlier cancellation. */
export function resetCancellation(): void {
  controller = new AbortController();
}

/** @returns false, at once, when the signal aborts or has aborted. */
export async function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<boolean> {
  if (signal?.aborted) return false;
  try {
    await sleep(milliseconds, undefined, signal && { signal });
    return true;
  } catch {
    return false;
  }
}

export function canceled(): UserError {
  return new UserError("the update was canceled");
}
