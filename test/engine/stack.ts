import { randomUUID } from "node:crypto";
import { isFoundByPublicScanner } from "../support/publicScanner";
import type { Engine } from "./engine";
import type { PreviewDigest, StateFile } from "./engineOutput";
import { runProcess, startProcess } from "./process";
import type { ProcessResult, RunningProcess } from "./process";
import { killByEnvironment } from "./processTree";
import { writeFiles } from "./program";
import type { ProgramFiles } from "./program";
import { createStack, readProjectName, readState, writeConfig, writeStackFile } from "./stackFiles";
import type { KeySource } from "./stackFiles";

export interface StackOptions {
  /** The program's files, or a folder to copy them from. */
  program: ProgramFiles | string;
  /** The stack's name; `dev` unless given. */
  name?: string;
  config?: Record<string, string>;
  secrets?: Record<string, string>;
  /** Where the key of its secrets comes from: the passphrase unless given. */
  keySource?: KeySource;
  /** Added to the sandbox's environment for every command of this stack. */
  env?: Record<string, string>;
  /** How the program gets the package: by a symlink to the repository, or unpacked from what `npm pack` makes. */
  packages?: "linked" | "packed";
  /** The checkout that the package and its dependencies come from; this repository unless given. */
  checkout?: string;
}

export type CommandResult = ProcessResult;

export interface RunningCommand extends RunningProcess {
  /** What Ctrl-C does: once, the engine lets the current step end; twice, it stops at once. */
  interrupt(): void;
  /** SIGKILL for the engine and everything that it started. */
  kill(): void;
}

/** A stack, its program, and the `pulumi` commands for it. What a command ended with is in its result, not thrown. */
export class Stack {
  private constructor(
    private readonly engine: Engine,
    /** The program's folder. */
    readonly folder: string,
    readonly name: string,
    /** The environment of every command. */
    readonly env: Readonly<Record<string, string>>,
  ) {}

  static async init(
    engine: Engine,
    folder: string,
    env: Readonly<Record<string, string>>,
    { name = "dev", keySource = "passphrase", config = {}, secrets = {} }: StackOptions,
  ): Promise<Stack> {
    const stack = new Stack(engine, folder, name, { ...env, PULUMI_STACK: name });
    await createStack(stack.backend, folder, name, keySource);
    await stack.setConfig(config, secrets);
    return stack;
  }

  /** A stack of any backend, which may not exist yet, in a checkout of its program. */
  static async checkout(
    engine: Engine,
    folder: string,
    name: string,
    env: Readonly<Record<string, string>>,
  ): Promise<Stack> {
    await writeStackFile(folder, name, "passphrase");
    return new Stack(engine, folder, name, { ...env, PULUMI_STACK: name });
  }

  /** Runs any `pulumi` command to its end. */
  async run(args: readonly string[], env: Record<string, string> = {}): Promise<CommandResult> {
    const result = await runProcess(this.engine.pulumi, withoutTerminal(args), this.process(env));
    if (isFoundByPublicScanner(result.output)) throw new Error(`a key is in the output of ${args.join(" ")}`);
    return result;
  }

  /** Starts any `pulumi` command, for tests that disturb it. */
  start(args: readonly string[], env: Record<string, string> = {}): RunningCommand {
    const id = randomUUID();
    const options = this.process({ ...env, [COMMAND_VARIABLE]: id });
    const running = startProcess(this.engine.pulumi, withoutTerminal(args), options);
    return {
      ...running,
      interrupt: () => {
        running.signal("SIGINT");
      },
      kill: () => {
        killByEnvironment(`${COMMAND_VARIABLE}=${id}`);
      },
    };
  }

  /** Skips the preview, which doubles the time; for both, use {@link previewAndUp}. */
  up(...args: string[]): Promise<CommandResult> {
    return this.run(["up", "--yes", "--skip-preview", ...args]);
  }

  /** A preview, and the update if the preview has succeeded. */
  previewAndUp(...args: string[]): Promise<CommandResult> {
    return this.run(["up", "--yes", ...args]);
  }

  preview(...args: string[]): Promise<CommandResult> {
    return this.run(["preview", ...args]);
  }

  previewDiff(...args: string[]): Promise<CommandResult> {
    return this.run(["preview", "--diff", ...args]);
  }

  /** `digest` is undefined when the engine wrote no JSON. */
  async previewJson(...args: string[]): Promise<CommandResult & { digest: PreviewDigest | undefined }> {
    const result = await this.run(["preview", "--json", ...args]);
    return { ...result, digest: parseOr(undefined, result.stdout) as PreviewDigest | undefined };
  }

  refresh(...args: string[]): Promise<CommandResult> {
    return this.run(["refresh", "--yes", "--skip-preview", ...args]);
  }

  destroy(...args: string[]): Promise<CommandResult> {
    return this.run(["destroy", "--yes", "--skip-preview", ...args]);
  }

  /** The state as it is stored, so with secrets encrypted: read from the backend's file, without the engine. */
  async state(): Promise<StateFile> {
    return readState(this.backend, await readProjectName(this.folder), this.name);
  }

  /** What `pulumi stack export` prints; `--show-secrets` decrypts secrets. */
  async exportState(...args: string[]): Promise<StateFile> {
    return JSON.parse(mustSucceed(await this.run(["stack", "export", ...args])).stdout) as StateFile;
  }

  /** Replaces the state by the one in a file. */
  async importState(file: string): Promise<void> {
    mustSucceed(await this.run(["stack", "import", "--file", file]));
  }

  /** The stack's outputs, of which none may be secret: read from the state. */
  async outputs(): Promise<Readonly<Record<string, unknown>>> {
    const { deployment } = await this.state();
    return deployment.resources?.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
  }

  /** Writes values into the stack's file; the secrets are encrypted. */
  async setConfig(config: Record<string, string>, secrets: Record<string, string> = {}): Promise<void> {
    await writeConfig(this.folder, this.name, config, secrets);
  }

  /** Writes these files of the program; the others stay as they are. */
  replaceProgram(files: ProgramFiles): Promise<void> {
    return writeFiles(this.folder, files);
  }

  private get backend(): string {
    return this.env["PULUMI_BACKEND_URL"] ?? "";
  }

  private process(env: Record<string, string>) {
    return { cwd: this.folder, env: { ...this.env, ...env } };
  }
}

/** Marks the processes of one command. */
const COMMAND_VARIABLE = "PULUMI_TEST_COMMAND";

function withoutTerminal(args: readonly string[]): string[] {
  return [...args, "--color", "never", "--non-interactive"];
}

function mustSucceed(result: CommandResult): CommandResult {
  if (result.exitCode !== 0) {
    throw new Error(
      `pulumi ended with ${result.exitCode ?? result.signal ?? "no exit code"}:\n${result.output}`,
    );
  }
  return result;
}

function parseOr(fallback: unknown, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return fallback;
  }
}
