import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { goModules, pinnedVersion } from "./version";

/** The folder in which an engine of exactly these sources, for this platform, is kept: outside the checkout. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const hash = createHash("sha256");
  for (const folder of Object.values(goModules))
    hash.update(readFileSync(join(folder, "go.mod"))).update(readFileSync(join(folder, "go.sum")));

  hash.update(`${pinnedVersion()} ${process.platform} ${process.arch}`);
  return join(cacheRoot(env), `engine-${hash.digest("hex").slice(0, 16)}`);
}

/** Where Node keeps what it compiled of the modules that every program loads. */
export function compileCacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(cacheRoot(env), "node-compile-cache");
}

/** The folder for tools of the verify commands: `name` is a digest of what it was made from. */
export function toolsFolder(name: string, env: NodeJS.ProcessEnv = process.env): string {
  return join(cacheRoot(env), `tools-${name}`);
}

function cacheRoot(env: NodeJS.ProcessEnv): string {
  const given = (name: string) => (env[name] === "" ? undefined : env[name]);
  const shared = given("XDG_CACHE_HOME") ?? join(homedir(), ".cache");
  return given("PULUMI_ENGINE_CACHE") ?? join(shared, "pulumi-openai-certificates");
}

/** Where the executables lie in a cache folder; the vendor's installer uses the same name. */
export function binFolderOf(folder: string): string {
  return join(folder, "bin");
}
