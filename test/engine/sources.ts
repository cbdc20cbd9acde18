import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { buildWithGo } from "./buildWithGo";
import { binFolderOf, cacheFolder } from "./cacheFolder";
import { type Attempt, type Log, type Origin } from "./engine";
import { engineOnPath } from "./fromPath";
import { inspectFolder } from "./inspect";
import { installFromVendor } from "./install";
import { withLock } from "./lock";
import { pinnedVersion } from "./version";

/** Everything that `chooseEngine` may ask for an engine. */
export interface Sources {
  path(): Promise<Attempt>;
  cache(): Promise<Attempt>;
  /** Fills the cache from the vendor. */
  installer(log: Log): Promise<Attempt>;
  /** Fills the cache by compiling. */
  go(log: Log): Promise<Attempt>;
  /** Lets one process at a time fill the cache. */
  exclusively<T>(work: () => Promise<T>, log: Log): Promise<T>;
}

export function realSources(folder: string = cacheFolder()): Sources {
  return {
    path: () => engineOnPath(),
    cache: () => inspectFolder(binFolderOf(folder), "cache"),
    installer: (log) =>
      fill(folder, "installer", (target) => installFromVendor(target, pinnedVersion(), log)),
    go: (log) => fill(folder, "go", (target) => buildWithGo(binFolderOf(target), log)),
    exclusively: (work, log) =>
      withLock(`${folder}.lock`, work, {
        onWait: (pid) => {
          log(`process ${pid} is getting the engine; waiting for it`);
        },
      }),
  };
}

/** Makes the engine in a temporary folder beside the cache folder, and moves it there only when it is whole. */
async function fill(
  folder: string,
  origin: Origin,
  make: (target: string) => Promise<string | undefined>,
): Promise<Attempt> {
  await removeLeftovers(folder);
  const target = `${folder}.${randomUUID()}.tmp`;
  await mkdir(target, { recursive: true });
  try {
    const failure = await make(target);
    if (failure !== undefined) {
      return { reason: failure };
    }
    const made = await inspectFolder(binFolderOf(target), origin);
    if ("reason" in made) {
      return made;
    }
    // What lies there was looked at before, under the same lock, and found broken.
    await rm(folder, { recursive: true, force: true });
    await rename(target, folder);
    return await inspectFolder(binFolderOf(folder), origin);
  } finally {
    await rm(target, { recursive: true, force: true });
  }
}

/** Deletes what killed runs left: under the lock, nobody else is making this engine. */
async function removeLeftovers(folder: string): Promise<void> {
  const name = basename(folder);
  for (const entry of await readdir(dirname(folder))) {
    if (entry.startsWith(name) && entry.endsWith(".tmp")) {
      await rm(join(dirname(folder), entry), { recursive: true, force: true });
    }
  }
}
