import { chmod, copyFile, mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { transform } from "esbuild";
import { startEmulator } from "../../emulator/index";
import type { Emulator, EmulatorOptions } from "../../emulator/index";
import { findEngine } from "../../engine/findEngine";
import { REPOSITORY } from "../../engine/packages";
import { runProcess } from "../../engine/process";
import type { ProgramFiles } from "../../engine/program";
import { createSandbox } from "../../engine/sandbox";
import type { Stack } from "../../engine/stack";
import { ids } from "../../support/ids";
import { VALID } from "../fixture";
import type { Artifact, GitHubState } from "./fakeGh";
import { runWorkflow } from "./runner";
import type { Ran } from "./runner";
import { workflow } from "./workflow";
import type { Variables, WorkflowName } from "./workflow";

/** A repository with a Pulumi program on a fake GitHub, and an emulated organization. */
export interface WorkflowFixture {
  readonly emulator: Emulator;
  readonly stack: Stack;
  /** Folder for the files of a test. */
  readonly folder: string;
  /** Writes files and commits them. */
  commit(files: ProgramFiles): Promise<void>;
  run(name: WorkflowName, event?: Event): Promise<Ran>;
  gitHub(): Promise<GitHubState>;
  updateGitHub(change: (gitHub: GitHubState) => void): Promise<void>;
  end(): Promise<void>;
}

/** The options of a run. */
export interface Event {
  readonly labels?: readonly string[];
  /** Overrides of, or additions to, `secrets` and the other contexts. */
  readonly values?: Variables;
  /** The values that the user has set in the workflow's own `env`. */
  readonly userValues?: Variables;
  /** Added to the environment of the runner itself. */
  readonly env?: Variables;
}

/** The number of the pull request. */
const NUMBER = 7;
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
  const sandbox = await createSandbox({ engine: await findEngine() });
  const emulator = await startEmulator(emulatorOptions);
  emulator.seed(ids(1, 40).map((id) => ({ id, name: `name of ${id}`, ...VALID })));
  const at = (name: string) => join(sandbox.folder, name);
  await Promise.all(["state", "bin", "artifacts"].map((name) => mkdir(at(name))));
  const backend = pathToFileURL(at("state")).href;
  const env = { PULUMI_BACKEND_URL: backend };
  const stack = await sandbox.stack({ program, keySource: "key server", env });
  await writeExecutable(at("bin/gh"), await fakeGh());
  await writeExecutable(at("bin/npx"), QUICK_NPX);
  await writeFile(
    at("github.json"),
    JSON.stringify({ comments: [], issues: [], labels: [], artifacts: [], pulls: {} }),
  );

  const git = async (folder: string, ...args: string[]) => {
    const user = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
    const { exitCode, output, stdout } = await runProcess("git", [...user, ...args], {
      cwd: folder,
      env: sandbox.env,
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

  const gitHub = async () => JSON.parse(await readFile(at("github.json"), "utf8")) as GitHubState;
  const updateGitHub = async (change: (gitHub: GitHubState) => void) => {
    const now = await gitHub();
    change(now);
    await writeFile(at("github.json"), JSON.stringify(now));
  };

  const checkout = async () => {
    const folder = await mkdtemp(at("checkout-"));
    await git(folder, "clone", "--quiet", "--depth", "1", pathToFileURL(stack.folder).href, ".");
    await mkdir(join(folder, "node_modules/.bin"), { recursive: true });
    const command = join(folder, "node_modules/.bin/pulumi-openai-certificates");
    await writeExecutable(command, `#!/bin/sh\nexec node '${COMMAND}' "$@"\n`);
    return folder;
  };

  let runs = 0;
  return {
    emulator,
    stack,
    folder: sandbox.folder,
    commit,
    gitHub,
    updateGitHub,
    async run(name, { labels = [], values = {}, userValues = {}, env = {} } = {}) {
      runs += 1;
      const sha = await git(stack.folder, "rev-parse", "HEAD");
      await updateGitHub(({ pulls }) => {
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
        "secrets.PULUMI_CONFIG_PASSPHRASE": sandbox.env["PULUMI_CONFIG_PASSPHRASE"] ?? "",
        ...values,
      };
      return runWorkflow(workflow(name), {
        env: {
          ...sandbox.env,
          VAULT_ADDR: stack.env["VAULT_ADDR"] ?? "",
          PATH: [at("bin"), sandbox.env["PATH"] ?? ""].join(delimiter),
          FAKE_GITHUB: at("github.json"),
          OPENAI_BASE_URL: emulator.url,
          OPENAI_RETRY_TIMEOUT_SECONDS: "0",
          GITHUB_REPOSITORY: "owner/name",
          GITHUB_SERVER_URL: URL,
          GITHUB_SHA: sha,
          ...env,
        },
        userValues: { PULUMI_STACK: "dev", PULUMI_BACKEND_URL: backend, ...userValues },
        lookup: (expression) => known[expression],
        checkout,
        async runAction(action, inputs, folder) {
          const stored = at(`artifacts/${inputs["name"] ?? ""}-${inputs["run-id"] ?? runs}`);
          if (action === "actions/upload-artifact") {
            await copyFile(join(folder, inputs["path"] ?? ""), stored);
            await updateGitHub(({ artifacts }) => artifacts.push(artifact(inputs["name"] ?? "", runs)));
          } else if (action === "actions/download-artifact") {
            await copyFile(stored, join(folder, "plan.json"));
          }
        },
      });
    },
    async end() {
      await sandbox.dispose();
      await emulator.close();
    },
  };
}

/** Runs the command of an installed package, as npx does in six times the time. */
const QUICK_NPX = `#!/bin/sh
command=$1
shift
exec "node_modules/.bin/$command" "$@"
`;

const COMMAND = join(REPOSITORY, "dist/cli/main.js");

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
  const { code } = await transform(source, { loader: "ts", format: "cjs" });
  return `#!/usr/bin/env node\n${code}`;
}

async function writeExecutable(file: string, text: string): Promise<void> {
  await writeFile(file, text);
  await chmod(file, 0o755);
}
