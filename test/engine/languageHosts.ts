import { createHash } from "node:crypto";
import { chmod, copyFile, mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { build, goEnvironment } from "./buildWithGo";
import { binFolderOf, cacheFolder } from "./cacheFolder";
import type { Engine, Log } from "./engine";
import { fillCache } from "./fillCache";
import { EngineNotFound, findEngine } from "./findEngine";
import { companions, foldersOnPath, inspectFolder, isExecutable } from "./inspect";
import { runProcess } from "./process";
import { goModules } from "./version";

/** Folders with the go.mod and go.sum of the language hosts that only `npm run test:languages` needs. */
const hostModules = {
  yaml: join(__dirname, "language-yaml"),
  python: join(__dirname, "language-python"),
  go: join(__dirname, "language-go"),
} as const;

/** The script with which the Python host runs a program. It ships with Pulumi's SDK and is not compiled. */
const PYTHON_EXEC = "pulumi-language-python-exec";

/** What `pulumi` starts for programs in YAML, Python and Go. */
const hostExecutables = [...Object.keys(hostModules).map((name) => `pulumi-language-${name}`), PYTHON_EXEC];

/**
 * Finds a `pulumi` that runs programs in YAML, Python and Go, too. Where its installation lacks the language hosts, they
 * are built with Go and kept next to a copy of the engine, because the engine warns about hosts in other folders.
 * @throws EngineNotFound
 */
export async function findEngineForAllLanguages(log: Log = () => undefined): Promise<Engine> {
  const engine = await findEngine();
  if (hostExecutables.every((name) => findCompanion(engine, name) !== undefined)) return engine;

  const folder = await hostsFolder(engine);
  const cached = await inspectFolder(binFolderOf(folder), "cache");
  if ("engine" in cached) return cached.engine;
  const built = await fillCache(folder, "go", (target) => buildHosts(engine, binFolderOf(target), log));
  if ("engine" in built) return built.engine;
  throw new EngineNotFound([["go", built.reason]]);
}

/** The path of an executable that an engine uses; undefined when it has none. */
function findCompanion({ binFolder, origin }: Engine, name: string): string | undefined {
  const folders = origin === "path" ? [binFolder, ...foldersOnPath()] : [binFolder];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/** A folder next to the cached engine, for exactly these hosts and this engine. */
async function hostsFolder({ version }: Engine): Promise<string> {
  const hash = createHash("sha256").update(`${version} ${cacheFolder()}`);
  for (const module of Object.values(hostModules))
    hash.update(await readFile(join(module, "go.mod"))).update(await readFile(join(module, "go.sum")));
  return join(dirname(cacheFolder()), `languages-${hash.digest("hex").slice(0, 16)}`);
}

/** Returns why the hosts could not be built, if so. */
async function buildHosts(engine: Engine, binFolder: string, log: Log): Promise<string | undefined> {
  await mkdir(binFolder, { recursive: true });
  for (const name of ["pulumi", ...companions]) {
    const file = findCompanion(engine, name);
    if (file !== undefined) await copyFile(file, join(binFolder, name));
  }
  for (const [name, module] of Object.entries(hostModules)) {
    const failure = await build(`the language host for ${name}`, module, binFolder, log);
    if (failure !== undefined) return failure;
  }
  return addPythonExec(binFolder);
}

async function addPythonExec(binFolder: string): Promise<string | undefined> {
  const { exitCode, stdout, stderr } = await runProcess(
    "go",
    ["mod", "download", "-json", "github.com/pulumi/pulumi/sdk/v3"],
    { cwd: goModules.cli, env: goEnvironment },
  );
  if (exitCode !== 0) return `Pulumi's SDK cannot be downloaded: ${stderr}`;
  const { Dir } = JSON.parse(stdout) as { readonly Dir: string };
  const target = join(binFolder, PYTHON_EXEC);
  await copyFile(join(Dir, "python/cmd", PYTHON_EXEC), target);
  await chmod(target, 0o755);
  return undefined;
}
