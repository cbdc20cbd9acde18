/** Runs a task for each item, with a number of workers that each take the next item. */
export async function runWithWorkers<T>(
  items: readonly T[],
  workers: number,
  task: (item: T) => Promise<void>,
): Promise<void> {
  const next = items.values();
  const work = async () => {
    for (const item of next) await task(item);
  };
  await Promise.all(Array.from({ length: workers }, work));
}
