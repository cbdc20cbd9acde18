import { chmod, copyFile, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Log } from "./engine";
import { runProcess } from "./process";
import { goModules, isAtLeast, oldestGo, pinnedVersion } from "./version";

/** Milliseconds between two lines about the progress of the build. */
const REPORT_INTERVAL = 20_000;

/** `local` keeps an older Go from downloading a newer one; go.work files and stray flags stay out of the build. */
export const goEnvironment = { ...process.env, GOTOOLCHAIN: "local", GOWORK: "off", GOFLAGS: "" };

/** Puts an engine that is built from the committed go.mod files into `binFolder`. Returns why not, if it cannot. */
export async function buildWithGo(binFolder: string, log: Log): Promise<string | undefined> {
  const unfit = await whyGoWillNotDo();
  if (unfit !== undefined) return unfit;

  log("building it with Go, from sources: about 6 minutes on two cores if nothing is in Go's cache yet");
  await mkdir(binFolder, { recursive: true });
  return (
    (await addProviderScript(binFolder)) ??
    (await build("the language host", goModules.languageHost, binFolder, log)) ??
    (await build("pulumi", goModules.cli, binFolder, log))
  );
}

/** Why the `go` on PATH cannot build the committed modules, if so. */
export async function whyGoWillNotDo(): Promise<string | undefined> {
  // Not in a folder with a go.mod: its `go` line alone would make an older Go fail.
  const { exitCode, stdout, output } = await runProcess("go", ["env", "GOVERSION"], {
    cwd: tmpdir(),
    env: goEnvironment,
  });
  if (exitCode === undefined) return "there is no go on PATH";

  if (exitCode !== 0) return `\`go env GOVERSION\` fails: ${output.trim()}`;

  const version = stdout.trim();
  return isAtLeast(version, oldestGo()) ? undefined : `${version} on PATH is older than ${oldestGo()}`;
}

/** Builds the tools of a Go module into a folder. Returns why not, if it cannot. */
export async function build(
  what: string,
  module: string,
  binFolder: string,
  log: Log,
): Promise<string | undefined> {
  const modules = reporter(log, (count) => `${what}: ${count} Go modules downloaded`);
  const list = ["list", "-deps", "-mod=readonly", "tool"];
  const packages = await runProcess("go", list, {
    cwd: module,
    env: goEnvironment,
    onErrorLine: modules.count,
  });
  modules.stop();
  if (packages.exitCode !== 0) return `the sources of ${what} cannot be had: ${tail(packages.stderr)}`;

  const total = packages.stdout.trim().split("\n").length;
  const compiled = reporter(log, (count) => `${what}: ${count} of ${total} Go packages compiled`);
  const args = [
    "build",
    "-v",
    "-mod=readonly",
    "-buildvcs=false",
    "-ldflags",
    linkerFlags(),
    "-o",
    binFolder,
    "tool",
  ];
  const result = await runProcess("go", args, {
    cwd: module,
    env: goEnvironment,
    onErrorLine: compiled.count,
  });
  compiled.stop();
  return result.exitCode === 0 ? undefined : `the build of ${what} fails: ${tail(result.stderr)}`;
}

/** The version is a variable that the linker sets; without the symbol tables (-s -w) `pulumi` is 45 MB smaller. */
function linkerFlags(): string {
  return `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${pinnedVersion()}`;
}

/** The script that starts a dynamic provider is not compiled: it ships in the SDK's npm package. */
async function addProviderScript(binFolder: string): Promise<string | undefined> {
  const name = "pulumi-resource-pulumi-nodejs";
  const target = join(binFolder, name);
  await copyFile(join(dirname(require.resolve("@pulumi/pulumi/package.json")), name), target);
  await chmod(target, 0o755);
  return undefined;
}

/** Counts lines, and logs their number and the elapsed time at intervals. */
function reporter(log: Log, describe: (count: number) => string): { count: () => void; stop: () => void } {
  const started = Date.now();
  let lines = 0;
  const timer = setInterval(() => {
    log(`${describe(lines)}, ${Math.round((Date.now() - started) / 1000)} s`);
  }, REPORT_INTERVAL);
  return {
    count: () => {
      lines += 1;
    },
    stop: () => {
      clearInterval(timer);
    },
  };
}

/** The end of what Go wrote, without the names of packages that -v prints. */
function tail(text: string): string {
  const lines = text.trim().split("\n");
  return lines
    .filter((line) => line.includes(" "))
    .slice(-10)
    .join("\n");
}
