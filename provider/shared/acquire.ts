import type { MutexInterface } from "async-mutex";

/**
 * Waits for a mutex until a signal aborts.
 * @returns undefined when the signal aborts first. The next waiter then gets the mutex in place of this one.
 */
export async function acquire(
  mutex: MutexInterface,
  signal: AbortSignal | undefined,
): Promise<MutexInterface.Releaser | undefined> {
  const acquired = mutex.acquire();
  if (!signal) return acquired;
  const { promise: aborted, resolve } = Promise.withResolvers<undefined>();
  const giveUp = (): void => {
    resolve(undefined);
  };
  signal.addEventListener("abort", giveUp);
  if (signal.aborted) giveUp();
  const release = await Promise.race([aborted, acquired]);
  signal.removeEventListener("abort", giveUp);
  if (!release) {
    void acquired.then((releaseUnused) => {
      releaseUnused();
    });
  }
  return release;
}
