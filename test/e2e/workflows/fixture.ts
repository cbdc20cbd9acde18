import { chmod, copyFile, mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { ModuleKind, transpileModule } from "typescript";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../emulator/index";
import { findEngine } from "../../engine/findEngine";
import { linkPackages } from "../../engine/packages";
import { runProcess } from "../../engine/process";
import { type ProgramFiles } from "../../engine/program";
import { type Stack } from "../../engine/stack";
import { createSandbox } from "../../engine/sandbox";
import { VALID } from "../fixture";
import { ids } from "../../support/ids";
import { type Artifact, type Kept } from "./fakeGh";
import { type Ran, runWorkflow } from "./runner";
import { type Variables, workflow, type WorkflowName } from "./workflow";

/** A repository with a Pulumi program on a fake GitHub, and an organization that it speaks to. */
export interface WorkflowFixture {
  readonly emulator: Emulator;
  readonly stack: Stack;
  /** Folder for what a test has to put beside. */
  readonly folder: string;
  /** Writes files and commits them. */
  commit(files: ProgramFiles): Promise<void>;
  run(name: WorkflowName, event?: Event): Promise<Ran>;
  kept(): Promise<Kept>;
  keep(change: (kept: Kept) => void): Promise<void>;
  end(): Promise<void>;
}

/** What makes a run differ from another one. */
export interface Event {
  readonly labels?: readonly string[];
  /** Instead of, or added to, what `secrets` and so on are. */
  readonly values?: Variables;
  /** What the user has put into the workflow's own `env`. */
  readonly filledIn?: Variables;
  /** Added to the environment of the runner itself. */
  readonly env?: Variables;
}

/** The number of the pull request. */
export const NUMBER = 7;
const REPOSITORY_ID = 42;
const URL = "https://github.invalid";

/** A program that declares the ids of a file. */
export const PROGRAM: ProgramFiles = {
  ".gitignore": "node_modules/\n",
  "index.ts": `
import { readFileSync } from "node:fs";
import { OrgCertificateActivation } from "pulumi-openai-certificates";
const { certificateIds, ...rest } = JSON.parse(readFileSync("set.json", "utf8"));
new OrgCertificateActivation("mtls", { certificateIds, ...rest });
`,
  "set.json": JSON.stringify({ certificateIds: ["cert_01", "cert_02"] }),
};

export async function createWorkflowFixture(
  program: ProgramFiles = PROGRAM,
  emulatorOptions: EmulatorOptions = {},
): Promise<WorkflowFixture> {
  const world = await createSandbox({ engine: await findEngine() });
  const emulator = await startEmulator(emulatorOptions);
  emulator.seed(ids(1, 40).map((id) => ({ id, name: `name of ${id}`, ...VALID })));
  const at = (name: string) => join(world.folder, name);
  await Promise.all(["state", "bin", "artifacts"].map((name) => mkdir(at(name))));
  const backend = pathToFileURL(at("state")).href;
  const stack = await world.stack({ program, env: { PULUMI_BACKEND_URL: backend } });
  await writeExecutable(at("bin/gh"), await fakeGh());
  await writeFile(at("github.json"), JSON.stringify({ comments: [], issues: [], artifacts: [], pulls: {} }));

  const git = async (folder: string, ...args: string[]) => {
    const identity = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
    const { exitCode, output, stdout } = await runProcess("git", [...identity, ...args], {
      cwd: folder,
      env: world.env,
    });
    if (exitCode !== 0) throw new Error(output);
    return stdout.trim();
  };
  const commit = async (files: ProgramFiles) => {
    await stack.replaceProgram(files);
    await git(stack.folder, "add", "--all");
    await git(stack.folder, "commit", "--quiet", "--allow-empty", "--message", "change");
  };
  await git(stack.folder, "init", "--quiet", "--initial-branch", "main");
  await commit({});

  const kept = async () => JSON.parse(await readFile(at("github.json"), "utf8")) as Kept;
  const keep = async (change: (kept: Kept) => void) => {
    const now = await kept();
    change(now);
    await writeFile(at("github.json"), JSON.stringify(now));
  };

  const checkout = async () => {
    const folder = await mkdtemp(at("checkout-"));
    await git(folder, "clone", "--quiet", "--depth", "1", pathToFileURL(stack.folder).href, ".");
    await linkPackages(folder);
    await mkdir(join(folder, "node_modules/.bin"));
    const command = join(folder, "node_modules/.bin/pulumi-openai-certificates");
    await writeExecutable(command, `#!/bin/sh\nexec node "$(dirname "$0")/../${COMMAND}" "$@"\n`);
    return folder;
  };

  let runs = 0;
  return {
    emulator,
    stack,
    folder: world.folder,
    commit,
    kept,
    keep,
    async run(name, { labels = [], values = {}, filledIn = {}, env = {} } = {}) {
      runs += 1;
      const sha = await git(stack.folder, "rev-parse", "HEAD");
      await keep(({ pulls }) => {
        pulls[sha] ??= [{ labels: labels.map((label) => ({ name: label })) }];
      });
      const known: Variables = {
        "github.token": "token",
        "github.server_url": URL,
        "github.repository": "owner/name",
        "github.run_id": String(runs),
        "github.event.pull_request.number": String(NUMBER),
        "github.event.pull_request.head.sha": sha,
        "github.event.pull_request.head.repo.full_name": "owner/name",
        "toJSON(github.event.pull_request.labels.*.name)": JSON.stringify(labels, undefined, 2),
        "secrets.OPENAI_ADMIN_KEY": emulator.adminKey,
        "secrets.OPENAI_MTLS_CERT_CHAIN": "",
        "secrets.OPENAI_MTLS_KEY": "",
        "secrets.PULUMI_ACCESS_TOKEN": "",
        "secrets.PULUMI_CONFIG_PASSPHRASE": world.env["PULUMI_CONFIG_PASSPHRASE"] ?? "",
        ...values,
      };
      return runWorkflow(workflow(name), {
        env: {
          ...world.env,
          PATH: [at("bin"), world.env["PATH"] ?? ""].join(delimiter),
          FAKE_GITHUB: at("github.json"),
          OPENAI_BASE_URL: emulator.url,
          OPENAI_RETRY_TIMEOUT_SECONDS: "0",
          GITHUB_REPOSITORY: "owner/name",
          GITHUB_SERVER_URL: URL,
          GITHUB_SHA: sha,
          ...env,
        },
        filledIn: { PULUMI_STACK: "dev", PULUMI_BACKEND_URL: backend, ...filledIn },
        lookup: (expression) => known[expression],
        checkout,
        async act(action, inputs, folder) {
          const stored = at(`artifacts/${inputs["name"] ?? ""}-${inputs["run-id"] ?? runs}`);
          if (action === "actions/upload-artifact") {
            await copyFile(join(folder, inputs["path"] ?? ""), stored);
            await keep(({ artifacts }) => artifacts.push(artifact(inputs["name"] ?? "", runs)));
          } else if (action === "actions/download-artifact") {
            await copyFile(stored, join(folder, "plan.json"));
          }
        },
      });
    },
    async end() {
      await world.dispose();
      await emulator.close();
    },
  };
}

const COMMAND = "pulumi-openai-certificates/dist/cli/main.js";

function artifact(name: string, run: number): Artifact {
  return {
    name,
    expired: false,
    created_at: new Date(run * 1000).toISOString(),
    workflow_run: { id: run, repository_id: REPOSITORY_ID, head_repository_id: REPOSITORY_ID },
  };
}

async function fakeGh(): Promise<string> {
  const source = await readFile(join(__dirname, "fakeGh.ts"), "utf8");
  const compilerOptions = { module: ModuleKind.CommonJS };
  return `#!/usr/bin/env node\n${transpileModule(source, { compilerOptions }).outputText}`;
}

async function writeExecutable(file: string, text: string): Promise<void> {
  await writeFile(file, text);
  await chmod(file, 0o755);
}
