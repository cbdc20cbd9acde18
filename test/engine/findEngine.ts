import type { Attempt, Engine, Log, Origin } from "./engine";
import { realSources } from "./sources";
import type { Sources } from "./sources";
import { OLDEST_VERSION, oldestGo } from "./version";

export { type Engine } from "./engine";

/** Finds a real `pulumi`, or installs or builds one. That may take minutes; its progress is logged. */
export async function findEngine(options: { log?: Log } = {}): Promise<Engine> {
  return sharedEngine() ?? chooseEngine(realSources(), options.log ?? logToStderr);
}

/** Finds the engine for this process and all that it starts: they do not inspect it again. */
export async function shareEngine(): Promise<void> {
  process.env[SHARED_VARIABLE] = JSON.stringify(await findEngine());
}

const SHARED_VARIABLE = "PULUMI_TEST_ENGINE";

function sharedEngine(): Engine | undefined {
  const shared = process.env[SHARED_VARIABLE];
  return shared === undefined ? undefined : (JSON.parse(shared) as Engine);
}

/** Tries the sources in their order. */
export async function chooseEngine(sources: Sources, log: Log): Promise<Engine> {
  const reasons: [Origin, string][] = [];
  const tryNext = async (origin: Origin, attempt: Promise<Attempt>): Promise<Engine | undefined> => {
    const result = await attempt;
    if ("engine" in result) return result.engine;
    reasons.push([origin, result.reason]);
    return undefined;
  };

  const found = (await tryNext("path", sources.path())) ?? (await tryNext("cache", sources.cache()));
  if (found) return found;
  for (const [, reason] of reasons) log(reason);
  const installed = await tryNext("installer", sources.installer(log));
  if (installed) return installed;
  log(`the installer failed: ${reasons.at(-1)?.[1] ?? ""}`);
  const built = await tryNext("go", sources.go(log));
  if (built) return built;
  throw new EngineNotFound(reasons);
}

const sourceNames: Record<Origin, string> = {
  path: "PATH",
  cache: "the cache",
  installer: "the vendor's installer",
  go: "a build with Go",
};

export class EngineNotFound extends Error {
  constructor(reasons: readonly (readonly [Origin, string])[]) {
    super(
      [
        "No Pulumi engine was found, and none could be installed or built:",
        ...reasons.map(([origin, reason]) => `- ${sourceNames[origin]}: ${reason}`),
        `Install the Pulumi CLI, ${OLDEST_VERSION} or newer (https://www.pulumi.com/docs/install/),`,
        `or Go, ${oldestGo()} or newer (https://go.dev/dl/), and run this again.`,
      ].join("\n"),
    );
    this.name = "EngineNotFound";
  }
}

function logToStderr(line: string): void {
  process.stderr.write(`engine: ${line}\n`);
}
