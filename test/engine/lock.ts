import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, rmdir, stat, unlink, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

export interface LockOptions {
  /** Called once if the lock is held by another process. */
  onWait?: (pid: number) => void;
  /** Milliseconds between two looks at a lock that is held. */
  pollInterval?: number;
  /** Milliseconds without a sign of life after which an owner counts as dead, even if its pid is in use again. */
  silence?: number;
}

const defaults = { pollInterval: 500, silence: 60_000 };

/**
 * Does the work while no other process does work under the same lock.
 *
 * The lock is a folder that holds one file, named after its owner. It is taken by renaming a prepared folder to
 * the lock's name, which fails unless that name is free or an empty folder; it is left, and taken from a dead
 * owner, by deleting the file of exactly that owner. So nobody can take away a lock that somebody else just took.
 */
export async function withLock<T>(
  folder: string,
  work: () => Promise<T>,
  options: LockOptions = {},
): Promise<T> {
  const { pollInterval, silence, onWait } = { ...defaults, ...options };
  const owner = `${process.pid}.${randomUUID()}`;
  await mkdir(dirname(folder), { recursive: true });

  let waited = false;
  while (!(await take(folder, owner))) {
    const holder = await holderOf(folder);
    if (holder === undefined) {
      continue;
    }
    if (!isRunning(holder.pid) || holder.silentFor > silence) {
      await leave(folder, holder.name);
      continue;
    }
    if (!waited) {
      waited = true;
      onWait?.(holder.pid);
    }
    await delay(pollInterval);
  }

  const own = join(folder, owner);
  const signOfLife = setInterval(() => void touch(own), silence / 10).unref();
  try {
    return await work();
  } finally {
    clearInterval(signOfLife);
    await leave(folder, owner);
  }
}

async function take(folder: string, owner: string): Promise<boolean> {
  const prepared = `${folder}.${owner}`;
  await mkdir(prepared);
  await writeFile(join(prepared, owner), "");
  try {
    await rename(prepared, folder);
    return true;
  } catch (error) {
    await rm(prepared, { recursive: true });
    if (!hasCode(error, ["ENOTEMPTY", "EEXIST"])) {
      throw error;
    }
    return false;
  }
}

async function leave(folder: string, owner: string): Promise<void> {
  try {
    await unlink(join(folder, owner));
    await rmdir(folder);
  } catch (error) {
    // Somebody else deleted it first, or took the lock as soon as the folder was empty.
    if (!hasCode(error, ["ENOENT", "ENOTEMPTY", "EEXIST"])) {
      throw error;
    }
  }
}

async function holderOf(
  folder: string,
): Promise<{ name: string; pid: number; silentFor: number } | undefined> {
  try {
    const name = (await readdir(folder))[0];
    if (name === undefined) {
      return undefined;
    }
    const { mtimeMs } = await stat(join(folder, name));
    return { name, pid: Number.parseInt(name, 10), silentFor: Date.now() - mtimeMs };
  } catch (error) {
    if (!hasCode(error, ["ENOENT"])) {
      throw error;
    }
    return undefined;
  }
}

async function touch(file: string): Promise<void> {
  const now = new Date();
  await utimes(file, now, now).catch(() => undefined);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, under another user.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function hasCode(error: unknown, codes: readonly string[]): boolean {
  return codes.includes((error as NodeJS.ErrnoException).code ?? "");
}
