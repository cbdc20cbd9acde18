import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "./userError";

/** The longest delay of a timer, in milliseconds: Node.js fires a longer one at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Why an operation ends early: its own timeout has elapsed. */
class OperationTimeout extends UserError {}

let controller = new AbortController();

/** The signal of the current operation, if it has a timeout of its own. */
const ofOperation = new AsyncLocalStorage<AbortSignal>();

/**
 * Aborts when the user cancels the update, for example with Ctrl-C, as far as the engine reports that, and when the
 * timeout of the current operation has elapsed.
 */
export function cancellation(): AbortSignal {
  return ofOperation.getStore() ?? controller.signal;
}

/** Cancels all operations of this process: waits end at once, and no further change is sent. */
export function cancelOperations(): void {
  controller.abort();
}

/** Forgets an earlier cancellation. */
export function resetCancellation(): void {
  controller = new AbortController();
}

/**
 * Runs an operation that ends as if it were canceled once it has taken too long.
 * @param seconds the resource option `customTimeouts`; 0 for no limit.
 */
export async function withTimeout<T>(seconds: number, operation: () => Promise<T>): Promise<T> {
  if (!(seconds > 0)) return operation();
  const timeout = new AbortController();
  const timer = setTimeout(
    () => {
      timeout.abort(
        new OperationTimeout(`the time limit of the option customTimeouts, ${seconds} s, has elapsed`),
      );
    },
    Math.min(seconds * 1000, MAX_TIMER_MS),
  );
  try {
    return await ofOperation.run(AbortSignal.any([controller.signal, timeout.signal]), operation);
  } finally {
    clearTimeout(timer);
  }
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

/** Why an operation with this signal ends early. */
export function canceled(signal: AbortSignal = cancellation()): UserError {
  const reason: unknown = signal.reason;
  return reason instanceof OperationTimeout ? reason : new UserError("the update was canceled");
}
