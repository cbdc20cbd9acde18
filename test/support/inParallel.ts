import { Semaphore } from "async-mutex";

/**
 * Processes items in parallel.
 * @param limit the maximum number of items that are processed at the same time.
 * @returns the results, in the order of the items.
 */
export function inParallel<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const semaphore = new Semaphore(limit);
  return Promise.all(items.map((item) => semaphore.runExclusive(() => work(item))));
}
