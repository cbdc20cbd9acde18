import { type Attempt, type Engine, type Log, type Origin } from "./engine";
import { realSources, type Sources } from "./sources";
import { oldestGo, oldestVersion } from "./version";

export { type Engine } from "./engine";

/** Finds a real `pulumi`, or gets one. Getting one may take minutes, and is then told line by line. */
export function findEngine(options: { log?: Log } = {}): Promise<Engine> {
  return chooseEngine(realSources(), options.log ?? logToStderr);
}

/** Asks the sources in their order; only one process at a time goes beyond what is there already. */
export async function chooseEngine(sources: Sources, log: Log): Promise<Engine> {
  const reasons: [Origin, string][] = [];
  const ask = async (origin: Origin, attempt: Promise<Attempt>): Promise<Engine | undefined> => {
    const answer = await attempt;
    if ("engine" in answer) {
      return answer.engine;
    }
    reasons.push([origin, answer.reason]);
    return undefined;
  };

  const found = (await ask("path", sources.path())) ?? (await ask("cache", sources.cache()));
  if (found !== undefined) {
    return found;
  }
  return sources.exclusively(async () => {
    // Another process may have filled the cache while this one waited.
    const filled = await sources.cache();
    if ("engine" in filled) {
      return filled.engine;
    }
    reasons.forEach(([, reason]) => {
      log(reason);
    });
    const installed = await ask("installer", sources.installer(log));
    if (installed !== undefined) {
      return installed;
    }
    log(`the installer did not get it: ${reasons.at(-1)?.[1] ?? ""}`);
    const built = await ask("go", sources.go(log));
    if (built !== undefined) {
      return built;
    }
    throw new EngineNotFound(reasons);
  }, log);
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
        "No Pulumi engine was found, and none could be had:",
        ...reasons.map(([origin, reason]) => `- ${sourceNames[origin]}: ${reason}`),
        `Install the Pulumi CLI, ${oldestVersion} or newer (https://www.pulumi.com/docs/install/),`,
        `or Go, ${oldestGo()} or newer (https://go.dev/dl/), and run this again.`,
      ].join("\n"),
    );
    this.name = "EngineNotFound";
  }
}

function logToStderr(line: string): void {
  process.stderr.write(`engine: ${line}\n`);
}
