import { Mutex } from "async-mutex";
import { acquire } from "../../../provider/shared/acquire";

test("a mutex that is free is acquired, and released by the caller", async () => {
  const mutex = new Mutex();
  const release = await acquire(mutex, new AbortController().signal);
  expect(mutex.isLocked()).toBe(true);
  release?.();
  expect(mutex.isLocked()).toBe(false);
});

test.each([true, false])("a wait ends when its signal aborts (aborted before: %s)", async (before) => {
  const mutex = new Mutex();
  const release = await mutex.acquire();
  const controller = new AbortController();
  if (before) controller.abort();
  const waiting = acquire(mutex, controller.signal);
  controller.abort();
  expect(await waiting).toBeUndefined();
  release();
});

test("who gave up does not hold the mutex when its turn comes", async () => {
  const mutex = new Mutex();
  const release = await mutex.acquire();
  expect(await acquire(mutex, AbortSignal.abort())).toBeUndefined();
  const next = acquire(mutex, undefined);
  release();
  expect(await next).toBeInstanceOf(Function);
});
