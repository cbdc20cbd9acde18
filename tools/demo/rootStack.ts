import { existsSync } from "node:fs";
import { copyFile, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Engine } from "../../test/engine/engine";
import { REPOSITORY } from "../../test/engine/packages";
import { startProcess } from "../../test/engine/process";
import type { Sandbox } from "../../test/engine/sandbox";

/** A stack of the repository's own Pulumi.yaml, with its backend and configuration in the folder of a sandbox. */
export class RootStack {
  private constructor(
    private readonly engine: Engine,
    private readonly configFile: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  static async init(
    engine: Engine,
    sandbox: Sandbox,
    env: Readonly<Record<string, string>>,
  ): Promise<RootStack> {
    const backend = join(sandbox.folder, "backend-root");
    await mkdir(backend);
    const stack = new RootStack(engine, join(sandbox.folder, "Pulumi.demo.yaml"), {
      ...sandbox.env,
      PULUMI_BACKEND_URL: pathToFileURL(backend).href,
      ...env,
    });
    const defaultConfigFile = join(REPOSITORY, "Pulumi.demo.yaml");
    const existedBefore = existsSync(defaultConfigFile);
    await stack.quietly(["stack", "init", "demo"]);
    // `stack init` writes the salt of the secrets to the default file, even when later commands use another one.
    if (!existedBefore) {
      await copyFile(defaultConfigFile, stack.configFile);
      await rm(defaultConfigFile);
    }
    return stack;
  }

  /** Sets the ids of the certificates to keep active. */
  async setIds(ids: readonly string[]): Promise<void> {
    await this.quietly(["config", "rm", "certificateIds", "--config-file", this.configFile], true);
    const pairs = ids.flatMap((id, index) => ["--plaintext", `certificateIds[${index}]=${id}`]);
    await this.quietly(["config", "set-all", "--path", ...pairs, "--config-file", this.configFile]);
  }

  /** Sets the certificates of the known clients, by name. */
  async setClients(clients: Readonly<Record<string, string>>): Promise<void> {
    const pairs = Object.entries(clients).flatMap(([name, pem]) => ["--plaintext", `clients.${name}=${pem}`]);
    await this.quietly(["config", "set-all", "--path", ...pairs, "--config-file", this.configFile]);
  }

  /** Runs a command with the stack's configuration and prints its output. */
  show(...args: string[]): Promise<string> {
    return this.print(args, false);
  }

  /** The same for a command that is expected to fail. */
  showFailure(...args: string[]): Promise<string> {
    return this.print(args, true);
  }

  private async print(args: readonly string[], mayFail: boolean): Promise<string> {
    const allArgs = [...args, "--color", "never", "--non-interactive", "--config-file", this.configFile];
    console.log(`$ pulumi ${args.join(" ")}`);
    const output = await this.run(allArgs, mayFail);
    console.log(output.trimEnd());
    return output;
  }

  /** Prints and returns the stack's outputs. */
  async showOutputs(): Promise<Record<string, unknown>> {
    console.log("$ pulumi stack output");
    console.log((await this.run(["stack", "output", "--color", "never"])).trimEnd());
    return JSON.parse(await this.run(["stack", "output", "--json"])) as Record<string, unknown>;
  }

  private async quietly(args: readonly string[], mayFail = false): Promise<void> {
    await this.run([...args, "--non-interactive", "--color", "never"], mayFail);
  }

  private async run(args: readonly string[], mayFail = false): Promise<string> {
    const { result } = startProcess(this.engine.pulumi, args, { cwd: REPOSITORY, env: this.env });
    const { exitCode, output } = await result;
    if (exitCode !== 0 && !mayFail) throw new Error(`pulumi ${args.join(" ")} failed:\n${output}`);
    return output;
  }
}
