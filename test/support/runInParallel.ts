import { Semaphore } from "async-mutex";

/**
 * Runs a task for each item.
 * @param limit the number of tasks that run at the same time.
 * @returns the results in the order of the items.
 */
export function runInParallel<T, R>(
  items: readonly T[],
  limit: number,
  task: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const semaphore = new Semaphore(limit);
  return Promise.all(items.map((item) => semaphore.runExclusive(() => task(item))));
}
