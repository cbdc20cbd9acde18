import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { REPOSITORY } from "../engine/packages";
import { runProcess } from "../engine/process";

/** A language in which programs use the provider plugin. */
export interface Language {
  readonly name: string;
  /** The folder of the program in examples/. */
  readonly example: string;
  /** The folder in programs/ with the files that turn the example into a program that calls a function. */
  readonly lookup: string;
  /** Gives a program the SDK, as its README describes. */
  readonly install: (folder: string) => Promise<void>;
  /** What the commands of the stack need from the caller's environment. */
  readonly environment?: () => Promise<Readonly<Record<string, string>>>;
}

const SDKS = join(REPOSITORY, "build/sdks");

/** The path of the Go module in a clone that is not published. */
const GO_MODULE = "example.com/pulumi-openai-certificates/sdk/go";

export const LANGUAGES: readonly Language[] = [
  {
    name: "YAML",
    example: "activation-yaml",
    lookup: "yaml",
    install: () => Promise.resolve(),
  },
  {
    name: "Python",
    example: "activation-python",
    lookup: "python",
    async install(folder) {
      await run("python3", ["-m", "venv", "venv"], folder);
      // A copy, because pip builds in the folder.
      const sdk = join(folder, "venv/sdk");
      await cp(join(SDKS, "python"), sdk, { recursive: true });
      await run("venv/bin/pip", ["install", "--quiet", "--disable-pip-version-check", sdk], folder);
    },
  },
  {
    name: "Go",
    example: "activation-go",
    lookup: "go",
    install: (folder) => run("go", ["mod", "edit", `-replace=${GO_MODULE}=${join(SDKS, "go")}`], folder),
    async environment() {
      const names = ["GOCACHE", "GOMODCACHE", "GOPROXY", "GOSUMDB"];
      const { stdout } = await runProcess("go", ["env", "-json", ...names]);
      return { ...(JSON.parse(stdout) as Record<string, string>), GOTOOLCHAIN: "local" };
    },
  },
  {
    name: "Node.js",
    example: "activation-nodejs",
    lookup: "nodejs",
    install: (folder) =>
      cp(join(SDKS, "nodejs/bin"), join(folder, "node_modules/pulumi-openai-certificates-sdk"), {
        recursive: true,
      }),
  },
];

/** Makes the engine start the plugin in a folder for a program. */
export async function usePlugin(program: string, pluginFolder: string): Promise<void> {
  const file = join(program, "Pulumi.yaml");
  const plugin = `plugins:\n  providers:\n    - name: openai-certificates\n      path: ${pluginFolder}\n`;
  await writeFile(file, `${await readFile(file, "utf8")}\n${plugin}`);
}

/** Makes a program call a function of the provider instead of declaring a resource. */
export async function replaceByLookup(program: string, lookup: string, pluginFolder: string): Promise<void> {
  await mkdir(program, { recursive: true });
  await cp(join(__dirname, "programs", lookup), program, { recursive: true });
  if (lookup === "yaml") await usePlugin(program, pluginFolder);
}

async function run(file: string, args: readonly string[], cwd: string): Promise<void> {
  const { exitCode, output } = await runProcess(file, args, { cwd, env: process.env });
  if (exitCode !== 0) throw new Error(`${file} ${args.join(" ")} failed:\n${output}`);
}
