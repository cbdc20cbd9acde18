/**
 * Runs work with a signal that aborts at its deadline. Until the work settles, the timer keeps the process running; the
 * one of `AbortSignal.timeout` does not, so a program whose last connection is closed would end, and with 0.
 */
export async function withDeadline<T>(
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort();
  }, milliseconds);
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
  }
}
