import { existsSync } from "node:fs";
import { copyFile, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Engine } from "../engine/engine";
import { repository } from "../engine/packages";
import { startProcess } from "../engine/process";
import { type Sandbox } from "../engine/sandbox";

/** The stack of the repository's own Pulumi.yaml, with its backend and its configuration in a world's folder. */
export class RootStack {
  private constructor(
    private readonly engine: Engine,
    private readonly configFile: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  static async init(
    engine: Engine,
    world: Sandbox,
    env: Readonly<Record<string, string>>,
  ): Promise<RootStack> {
    const backend = join(world.folder, "backend-root");
    await mkdir(backend);
    const stack = new RootStack(engine, join(world.folder, "Pulumi.demo.yaml"), {
      ...world.env,
      PULUMI_BACKEND_URL: pathToFileURL(backend).href,
      ...env,
    });
    const besidePulumiYaml = join(repository, "Pulumi.demo.yaml");
    const isSomebodys = existsSync(besidePulumiYaml);
    await stack.quietly(["stack", "init", "demo"]);
    // The engine has written the salt of its secrets there, whatever file it is given later.
    if (!isSomebodys) {
      await copyFile(besidePulumiYaml, stack.configFile);
      await rm(besidePulumiYaml);
    }
    return stack;
  }

  /** Sets the ids that are to be active. */
  async setIds(ids: readonly string[]): Promise<void> {
    await this.quietly(["config", "rm", "certificateIds", "--config-file", this.configFile], true);
    const pairs = ids.flatMap((id, index) => ["--plaintext", `certificateIds[${index}]=${id}`]);
    await this.quietly(["config", "set-all", "--path", ...pairs, "--config-file", this.configFile]);
  }

  /** Runs a command that knows the stack's configuration, and shows what the engine writes. */
  async show(...args: string[]): Promise<string> {
    const shown = [...args, "--color", "never", "--non-interactive", "--config-file", this.configFile];
    console.log(`$ pulumi ${args.join(" ")}`);
    const output = await this.run(shown);
    console.log(output.trimEnd());
    return output;
  }

  /** Shows the stack's outputs. */
  async showOutputs(): Promise<Record<string, unknown>> {
    console.log("$ pulumi stack output");
    console.log((await this.run(["stack", "output", "--color", "never"])).trimEnd());
    return JSON.parse(await this.run(["stack", "output", "--json"])) as Record<string, unknown>;
  }

  private async quietly(args: readonly string[], mayFail = false): Promise<void> {
    await this.run([...args, "--non-interactive", "--color", "never"], mayFail);
  }

  private async run(args: readonly string[], mayFail = false): Promise<string> {
    const { result } = startProcess(this.engine.pulumi, args, { cwd: repository, env: this.env });
    const { exitCode, output } = await result;
    if (exitCode !== 0 && !mayFail) throw new Error(`pulumi ${args.join(" ")} failed:\n${output}`);
    return output;
  }
}
