import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { setImmediate as tick } from "node:timers/promises";
import { type LockOptions, withLock } from "../../engine/lock";
import { removeTemporaryFolders, temporaryFolder } from "./folders";

/** No process can have it: it is above what any system hands out. */
const DEAD_PID = 2 ** 30;

/** A test that would wait longer than this many milliseconds for a sign of life has failed anyway. */
const NEVER = 1e9;

afterAll(removeTemporaryFolders);

const newLock = (): string => join(temporaryFolder(), "below", "engine.lock");
const lock = <T>(folder: string, work: () => Promise<T>, options: LockOptions = {}): Promise<T> =>
  withLock(folder, work, { pollInterval: 1, silence: NEVER, ...options });

/** A lock as another owner holds it. @returns the owner's file. */
function held(folder: string, pid: number): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${pid}.somebody`);
  writeFileSync(file, "");
  return file;
}

const leftovers = (folder: string): string[] =>
  readdirSync(dirname(folder)).filter((name) => name.startsWith(basename(folder)));

describe("a lock", () => {
  test("hands back what the work gives, and leaves nothing behind", async () => {
    const folder = newLock();
    expect(await lock(folder, async () => readdirSync(folder).length)).toBe(1);
    expect(leftovers(folder)).toEqual([]);
  });

  test("is left when the work fails, with the work's own error", async () => {
    const folder = newLock();
    await expect(lock(folder, () => Promise.reject(new Error("no engine")))).rejects.toThrow("no engine");
    expect(await lock(folder, async () => "next")).toBe("next");
  });

  test("lets the second wait for the first, and tells it once for whom", async () => {
    const folder = newLock();
    const happened: string[] = [];
    const begun = Promise.withResolvers<undefined>();
    const waiting = Promise.withResolvers<undefined>();
    const first = lock(folder, async () => {
      happened.push("first begins");
      begun.resolve(undefined);
      await waiting.promise;
      happened.push("first ends");
    });
    await begun.promise;
    const onWait = jest.fn(() => {
      waiting.resolve(undefined);
    });
    const second = lock(folder, async () => happened.push("second begins"), { onWait });
    await Promise.all([first, second]);
    expect(happened).toEqual(["first begins", "first ends", "second begins"]);
    expect(onWait.mock.calls).toEqual([[process.pid]]);
  });

  test("never lets two of many work at the same time, and every one in the end", async () => {
    const folder = newLock();
    let working = 0;
    const atOnce: number[] = [];
    const work = async (): Promise<void> => {
      working += 1;
      atOnce.push(working);
      await tick();
      working -= 1;
    };
    await Promise.all(Array.from({ length: 12 }, () => lock(folder, work)));
    expect(atOnce).toEqual(new Array(12).fill(1));
    expect(leftovers(folder)).toEqual([]);
  });

  test("of a dead owner is taken over without waiting", async () => {
    const folder = newLock();
    held(folder, DEAD_PID);
    const onWait = jest.fn();
    expect(await lock(folder, async () => readdirSync(folder), { onWait })).toEqual([
      expect.stringMatching(new RegExp(`^${process.pid}\\.`)),
    ]);
    expect(onWait).not.toHaveBeenCalled();
  });

  test("of a dead owner is taken over by only one of many at a time", async () => {
    const folder = newLock();
    held(folder, DEAD_PID);
    let working = 0;
    const work = async (): Promise<number> => {
      working += 1;
      await tick();
      return working--;
    };
    expect(await Promise.all(Array.from({ length: 8 }, () => lock(folder, work)))).toEqual(
      new Array(8).fill(1),
    );
  });

  test("of an owner that gave no sign of life is taken over, though its pid is in use", async () => {
    const folder = newLock();
    utimesSync(held(folder, process.pid), 0, 0);
    expect(await lock(folder, async () => "taken", { silence: 60_000 })).toBe("taken");
  });

  test("that an interrupted owner left empty is free", async () => {
    const folder = newLock();
    mkdirSync(folder, { recursive: true });
    expect(await lock(folder, async () => "taken")).toBe("taken");
  });

  test("is kept alive by its owner while it works", async () => {
    const folder = newLock();
    await lock(
      folder,
      async () => {
        const [own = ""] = readdirSync(folder);
        const file = join(folder, own);
        utimesSync(file, 0, 0);
        while (statSync(file).mtimeMs === 0) await tick();
      },
      { silence: 10 },
    );
  });

  test("that was taken from its silent owner is not taken away again when that one ends", async () => {
    const folder = newLock();
    const silent = Promise.withResolvers<undefined>();
    const taken = Promise.withResolvers<undefined>();
    const mayEnd = Promise.withResolvers<undefined>();
    const first = lock(folder, async () => {
      utimesSync(join(folder, readdirSync(folder)[0] ?? ""), 0, 0);
      silent.resolve(undefined);
      await taken.promise;
    });
    await silent.promise;
    const second = lock(
      folder,
      async () => {
        const [own] = readdirSync(folder);
        taken.resolve(undefined);
        await mayEnd.promise;
        return { own, still: readdirSync(folder) };
      },
      { silence: 60_000 },
    );
    await first;
    mayEnd.resolve(undefined);
    const { own, still } = await second;
    expect(still).toEqual([own]);
  });

  test("that cannot be made fails at once instead of waiting", async () => {
    const folder = newLock();
    mkdirSync(dirname(folder), { recursive: true });
    writeFileSync(folder, "a file where the lock belongs");
    await expect(lock(folder, async () => "never")).rejects.toThrow("ENOTDIR");
    expect(leftovers(folder)).toEqual([basename(folder)]);
  });
});
