import { mkdir } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { startEmulator } from "../../../test/emulator/index";
import type { Emulator, EmulatorOptions } from "../../../test/emulator/index";
import { toolsFolder } from "../../../test/engine/cacheFolder";
import { findEngine } from "../../../test/engine/findEngine";
import { runProcess } from "../../../test/engine/process";
import { createSandbox } from "../../../test/engine/sandbox";
import type { Sandbox } from "../../../test/engine/sandbox";
import { Stack } from "../../../test/engine/stack";
import { ids } from "../../../test/support/ids";
import type { StackWithApi } from "../../languages/steps";
import type { Finding } from "../check";
import type { Case } from "./case";
import type { Registry } from "./managers";
import { nodeFolder } from "./versions";
import { writeCase } from "./writeCase";
import type { CaseFolders } from "./writeCase";

/** Dates that do not depend on the day of the run, as long as that is before 2100. */
const VALID = { createdAt: 1_700_000_000, validAt: 1_700_000_000, expiresAt: 4_102_444_800 };

/** Installs the package in an empty folder as a case describes, and runs something with the program's stack. */
export async function runInstalled(
  testCase: Case,
  tarball: string,
  run: (target: StackWithApi) => Promise<Finding>,
  options: EmulatorOptions = {},
): Promise<Finding> {
  const sandbox = await createSandbox({ engine: await findEngine() });
  const emulator = await startEmulator(options);
  try {
    emulator.seed(ids(1, 9).map((id) => ({ id, name: `name of ${id}`, ...VALID })));
    const folders = await writeCase(join(sandbox.folder, "case"), testCase, tarball);
    const failure = await install(testCase, folders);
    if (failure !== undefined) {
      const isExpected = testCase.rejectedWith?.test(failure) ?? false;
      return { figures: `rejected by ${testCase.manager.name}`, problems: isExpected ? [] : [failure] };
    }
    return await run({ stack: await createStack(testCase, folders, sandbox, emulator), emulator });
  } finally {
    await sandbox.dispose();
    await emulator.close();
  }
}

/** Returns why the packages could not be installed, if so. */
async function install({ manager, node }: Case, { root }: CaseFolders): Promise<string | undefined> {
  const registry = await registryOfMachine();
  const [file, ...args] = manager.install(registry);
  const { exitCode, output } = await runProcess(file, args, {
    cwd: root,
    env: { ...process.env, PATH: pathWith(node), ...manager.installEnv?.(registry) },
  });
  return exitCode === 0 ? undefined : `${manager.name} could not install the package:\n${output}`;
}

async function registryOfMachine(): Promise<Registry> {
  const get = async (key: string) => (await runProcess("npm", ["config", "get", key])).stdout.trim();
  const caFile = await get("cafile");
  return {
    url: await get("registry"),
    caFile: caFile === "null" || caFile === "" ? process.env["NODE_EXTRA_CA_CERTS"] : caFile,
    cache: toolsFolder("packages"),
  };
}

async function createStack(
  { manager, node }: Case,
  { root, program }: CaseFolders,
  sandbox: Sandbox,
  emulator: Emulator,
): Promise<Stack> {
  const backend = join(sandbox.folder, "backend");
  await mkdir(backend);
  const engine = await findEngine();
  return Stack.init(
    engine,
    program,
    {
      ...sandbox.env,
      // As users have it: nothing of the tests is loaded, and types are checked.
      NODE_OPTIONS: "",
      NODE_COMPILE_CACHE: "",
      PULUMI_NODEJS_TRANSPILE_ONLY: "",
      PATH: [nodeFolder(node), engine.binFolder, process.env["PATH"]].join(delimiter),
      PULUMI_BACKEND_URL: pathToFileURL(backend).href,
      OPENAI_BASE_URL: emulator.url,
      OPENAI_ADMIN_KEY: emulator.adminKey,
      OPENAI_RETRY_TIMEOUT_SECONDS: "0",
      ...manager.runEnv?.(root),
    },
    { program: {} },
  );
}

function pathWith(node: Case["node"]): string {
  return [nodeFolder(node), process.env["PATH"]].join(delimiter);
}
