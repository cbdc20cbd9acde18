/** Lets one at a time pass, in the order of asking. */
export class Mutex {
  private tail: Promise<void> = Promise.resolve();

  /** Waits for all that asked before. @returns what lets the next one pass. */
  async acquire(): Promise<() => void> {
    const before = this.tail;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.tail = promise;
    await before;
    return () => {
      resolve(undefined);
    };
  }

  /** Does something in its turn, and lets the next one pass however it ends. */
  async runExclusive<T>(work: () => Promise<T>): Promise<T> {
    const leave = await this.acquire();
    try {
      return await work();
    } finally {
      leave();
    }
  }
}
