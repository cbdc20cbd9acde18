import { cp } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { REPOSITORY } from "../../test/engine/packages";
import { runProcess } from "../../test/engine/process";
import type { Sandbox } from "../../test/engine/sandbox";

/** A language in which programs use the provider plugin. */
export interface Language {
  readonly name: string;
  /**
   * Its name on the command line, and of the folder in programs/lookup/ with the files that turn its program into one
   * that calls a function.
   */
  readonly id: string;
  /** The folder of the program. */
  readonly program: string;
  /** The language of its code blocks in docs/languages.md; absent if it has none. */
  readonly codeBlocks?: string;
  /** The file that holds a program. */
  readonly mainFile: string;
  /** Gives a program the SDK. The folder of the sandbox may be used for what it needs. */
  readonly install: (program: string, sandbox: Sandbox) => Promise<void>;
  /** What the commands of the stack need in addition to the sandbox's environment. */
  readonly environment?: (sandbox: Sandbox) => Promise<Readonly<Record<string, string>>>;
}

const EXAMPLES = join(REPOSITORY, "examples");
const SDKS = join(REPOSITORY, "build/sdks");

/** The path of the Go module in a clone that is not published. */
const GO_MODULE = "example.com/pulumi-openai-certificates/sdk/go";

export const LANGUAGES: readonly Language[] = [
  {
    name: "YAML",
    id: "yaml",
    program: join(EXAMPLES, "activation-yaml"),
    codeBlocks: "yaml",
    mainFile: "Pulumi.yaml",
    install: () => Promise.resolve(),
  },
  {
    name: "Python",
    id: "python",
    program: join(EXAMPLES, "activation-python"),
    codeBlocks: "python",
    mainFile: "__main__.py",
    async install(_, { folder }) {
      await run("python3", ["-m", "venv", "venv"], folder);
      // A copy, because pip builds in the folder.
      await cp(join(SDKS, "python"), join(folder, "sdk"), { recursive: true });
      await run("venv/bin/pip", ["install", "--quiet", "--disable-pip-version-check", "./sdk"], folder);
    },
    // The language host that is built from source does not read `virtualenv` of Pulumi.yaml, as the released one does.
    environment: ({ folder, env }) =>
      Promise.resolve({ PATH: [join(folder, "venv/bin"), env["PATH"]].join(delimiter) }),
  },
  {
    name: "Go",
    id: "go",
    program: join(EXAMPLES, "activation-go"),
    codeBlocks: "go",
    mainFile: "main.go",
    install: (folder) => run("go", ["mod", "edit", `-replace=${GO_MODULE}=${join(SDKS, "go")}`], folder),
    async environment() {
      const names = ["GOCACHE", "GOMODCACHE", "GOPROXY", "GOSUMDB"];
      const { stdout } = await runProcess("go", ["env", "-json", ...names]);
      return JSON.parse(stdout) as Record<string, string>;
    },
  },
  {
    name: "Node.js",
    id: "nodejs",
    program: join(EXAMPLES, "activation-plugin"),
    codeBlocks: "ts",
    mainFile: "index.ts",
    // The sandbox has linked the package.
    install: () => Promise.resolve(),
  },
  {
    name: "Node.js, generated",
    id: "generated-nodejs",
    program: join(__dirname, "programs/generated-nodejs"),
    mainFile: "index.js",
    install: (folder) =>
      cp(join(SDKS, "nodejs/bin"), join(folder, "node_modules/pulumi-openai-certificates-sdk"), {
        recursive: true,
      }),
  },
];

async function run(file: string, args: readonly string[], cwd: string): Promise<void> {
  const { exitCode, output } = await runProcess(file, args, { cwd, env: process.env });
  if (exitCode !== 0) throw new Error(`${file} ${args.join(" ")} failed:\n${output}`);
}
