import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { binFolderOf } from "./cacheFolder";
import type { Attempt, Origin } from "./engine";
import { inspectFolder } from "./inspect";

/** Age, in milliseconds, from which a temporary folder belongs to an interrupted run. */
const MAX_BUILD_MS = 24 * 60 * 60 * 1000;

/**
 * Creates the engine in a temporary folder next to the cache folder, and moves it there when it is complete. There is no
 * lock: processes that do this at the same time take longer, but each of them ends with a complete engine.
 * @param make puts the engine into a folder. @returns why it could not, if so.
 */
export async function fillCache(
  folder: string,
  origin: Origin,
  make: (target: string) => Promise<string | undefined>,
): Promise<Attempt> {
  const target = `${folder}.${randomUUID()}.tmp`;
  await mkdir(target, { recursive: true });
  await removeLeftovers(folder);
  try {
    const failure = await make(target);
    if (failure !== undefined) return { reason: failure };
    const made = await inspectFolder(binFolderOf(target), origin);
    if ("reason" in made) return made;
    await publish(target, folder);
    return await inspectFolder(binFolderOf(folder), origin);
  } finally {
    await rm(target, { recursive: true, force: true });
  }
}

/** Moves an engine into the cache, unless another process has done so in the meantime. A broken one is replaced. */
async function publish(target: string, folder: string): Promise<void> {
  if (await moveIfFree(target, folder)) return;
  if ("engine" in (await inspectFolder(binFolderOf(folder), "cache"))) return;
  await rm(folder, { recursive: true, force: true });
  await moveIfFree(target, folder);
}

/** @returns whether the folder was moved: it is not when there is one already. */
async function moveIfFree(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOTEMPTY" && code !== "EEXIST") throw error;
    return false;
  }
}

/** Deletes the temporary folders of interrupted runs. */
async function removeLeftovers(folder: string): Promise<void> {
  const parent = dirname(folder);
  const temporary = (await readdir(parent)).filter(
    (entry) => entry.startsWith(basename(folder)) && entry.endsWith(".tmp"),
  );
  for (const path of temporary.map((entry) => join(parent, entry))) {
    // Another process may delete it first.
    const modified = await stat(path).catch(() => undefined);
    if (modified && Date.now() - modified.mtimeMs > MAX_BUILD_MS)
      await rm(path, { recursive: true, force: true });
  }
}
