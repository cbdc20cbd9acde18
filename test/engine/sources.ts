import { buildWithGo } from "./buildWithGo";
import { binFolderOf, cacheFolder } from "./cacheFolder";
import type { Attempt, Log } from "./engine";
import { fillCache } from "./fillCache";
import { engineOnPath } from "./fromPath";
import { inspectFolder } from "./inspect";
import { installFromVendor } from "./install";
import { pinnedVersion } from "./version";

/** The sources from which `chooseEngine` may get an engine. */
export interface Sources {
  path(): Promise<Attempt>;
  cache(): Promise<Attempt>;
  /** Fills the cache from the vendor. */
  installer(log: Log): Promise<Attempt>;
  /** Fills the cache by compiling. */
  go(log: Log): Promise<Attempt>;
}

export function realSources(folder: string = cacheFolder()): Sources {
  return {
    path: () => engineOnPath(),
    cache: () => inspectFolder(binFolderOf(folder), "cache"),
    installer: (log) =>
      fillCache(folder, "installer", (target) => installFromVendor(target, pinnedVersion(), log)),
    go: (log) => fillCache(folder, "go", (target) => buildWithGo(binFolderOf(target), log)),
  };
}
