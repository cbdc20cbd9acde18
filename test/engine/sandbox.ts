import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { assertBuilt } from "../../scripts/build/sources";
import { compileCacheFolder } from "./cacheFolder";
import type { Engine } from "./engine";
import { startKeyServer } from "./keyServer";
import type { KeyServer } from "./keyServer";
import { nodeOptions, QUICK_NODE_FOLDER } from "./nodeOptions";
import { extractPackage, linkPackages, packPackage, REPOSITORY } from "./packages";
import { PASSPHRASE } from "./passphrase";
import { killByEnvironment } from "./processTree";
import { writeProgram } from "./program";
import { Stack } from "./stack";
import type { StackOptions } from "./stack";

export interface SandboxOptions {
  engine: Engine;
  /** Added to the environment of every command. Nothing else of the caller's environment but PATH is in it. */
  env?: Record<string, string>;
}

export interface Sandbox {
  /** Temporary folder that holds everything: HOME, the engine's home, the programs and a backend for each. */
  readonly folder: string;
  /** The environment of every command; a stack adds the URL of its backend. */
  readonly env: Readonly<Record<string, string>>;
  /** Makes a program's folder and a stack of it. */
  stack(options: StackOptions): Promise<Stack>;
  /** Kills all remaining processes, and deletes the folder. */
  dispose(): Promise<void>;
}

/**
 * Creates a folder in which a real engine works offline, apart from the machine's own Pulumi and its stacks.
 * @throws Error when dist/ was not built from the present sources.
 */
export async function createSandbox({ engine, env: extra = {} }: SandboxOptions): Promise<Sandbox> {
  assertBuilt();
  const folder = await realpath(await mkdtemp(join(tmpdir(), "pulumi-sandbox-")));
  const id = randomUUID();
  const at = (name: string) => join(folder, name);
  await Promise.all(["home", "pulumi", "tmp"].map((name) => mkdir(at(name))));

  const node = findNode();
  const env = {
    PATH: [QUICK_NODE_FOLDER, dirname(node), engine.binFolder, process.env["PATH"] ?? ""].join(delimiter),
    QUICK_SDK_NODE: node,
    HOME: at("home"),
    TMPDIR: at("tmp"),
    LANG: "C.UTF-8",
    PULUMI_HOME: at("pulumi"),
    PULUMI_CONFIG_PASSPHRASE: PASSPHRASE,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    // Checking types takes a second for each change of a program; `env` can switch it on again.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    // Compiling TypeScript and the SDK again in each Node process is a sixth of the time of a command. The folder is
    // shared by all sandboxes, since filling it takes a second.
    NODE_COMPILE_CACHE: compileCacheFolder(),
    // Delays what the SDK loads and rarely uses. A test that measures how fast something starts sets it to "".
    NODE_OPTIONS: nodeOptions(),
    // A command ends before it would need the memory back.
    GOGC: "off",
    [SANDBOX_VARIABLE]: id,
    ...extra,
  };

  const killAll = () => {
    killByEnvironment(`${SANDBOX_VARIABLE}=${id}`);
  };
  process.once("exit", killAll);

  let programs = 0;
  const tarballs = new Map<string, Promise<string>>();
  const placePacked = async (checkout: string, target: string) => {
    const tarball = tarballs.get(checkout) ?? packPackage(at(`packed-${tarballs.size + 1}`), checkout);
    tarballs.set(checkout, tarball);
    await extractPackage(await tarball, target);
  };

  let keyServer: Promise<KeyServer> | undefined;
  const keyServerEnv = async () => ({ VAULT_ADDR: (await (keyServer ??= startKeyServer())).url });

  let ownPackages: Promise<void> | undefined;
  const addPackages = async (program: string, { packages, checkout = REPOSITORY }: StackOptions) => {
    if (packages === "packed")
      await linkPackages(program, (target) => placePacked(checkout, target), checkout);
    else if (checkout !== REPOSITORY) await linkPackages(program, undefined, checkout);
    // Not in the program's folder, where the language host reads the package.json of each package for each command.
    else await (ownPackages ??= linkPackages(folder));
  };

  return {
    folder,
    env,
    async stack(options) {
      programs += 1;
      const programFolder = at(`program-${programs}`);
      const backend = at(`backend-${programs}`);
      await mkdir(backend);
      await writeProgram(programFolder, options.program);
      await addPackages(programFolder, options);
      const stackEnv = {
        PULUMI_BACKEND_URL: pathToFileURL(backend).href,
        ...env,
        ...(options.keySource === "key server" ? await keyServerEnv() : {}),
        ...options.env,
      };
      return Stack.init(engine, programFolder, stackEnv, options);
    },
    async dispose() {
      process.off("exit", killAll);
      killAll();
      await (await keyServer)?.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** Marks the processes of a sandbox, so that all of them can be found even after their parents have ended. */
const SANDBOX_VARIABLE = "PULUMI_TEST_SANDBOX";

/** The oldest Node that the Pulumi SDK runs on. */
const OLDEST_NODE = 22;

/** A `node` that is new enough: the one that runs this, or else the one in node_modules. */
function findNode(): string {
  if (Number.parseInt(process.versions.node, 10) >= OLDEST_NODE) return process.execPath;

  const installed = join(REPOSITORY, "node_modules/node/bin/node");
  if (!existsSync(installed))
    throw new Error(`Pulumi programs need Node ${OLDEST_NODE} or newer; this is ${process.versions.node}.`);

  return installed;
}
