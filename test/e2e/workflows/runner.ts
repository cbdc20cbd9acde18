import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runProcess } from "../../engine/process";
import { holds, interpolate } from "./expressions";
import type { Lookup } from "./expressions";
import type { Job, Step, Variables, Workflow } from "./workflow";

/** The machine on which a workflow runs. */
export interface Runner {
  /** The environment of every script, without the repository's secrets. */
  readonly env: Variables;
  /** The values of contexts: `github.…`, `secrets.…`. */
  readonly lookup: Lookup;
  /** The values that a user sets in the workflow's own `env`. */
  readonly userValues: Variables;
  /** Creates a checkout for a job, with all dependencies installed. */
  checkout(): Promise<string>;
  /** Does the part of an action that the workflow's scripts need. */
  runAction(action: string, inputs: Variables, folder: string): Promise<void>;
}

export interface Ran {
  /** The output of all scripts, each after its step's name. */
  readonly output: string;
  /** The same when one of them failed; undefined when none did. */
  readonly failure: string | undefined;
  readonly summary: string;
  /** The steps whose scripts ran, by name. */
  readonly scripts: readonly string[];
}

/** A job that ran, with its outputs. */
type RanJob = Ran & { readonly outputs: Variables };

/** The only step that is not run: it would install dependencies that the checkout already has. */
const INSTALL = "Install";

/** Runs a workflow's jobs in order, their scripts as the runner of GitHub does. */
export async function runWorkflow({ jobs, env = {} }: Workflow, runner: Runner): Promise<Ran> {
  const outputs = new Map<string, string>();
  const lookup: Lookup = (name) => outputs.get(name) ?? runner.lookup(name);
  const ran: RanJob[] = [];
  for (const [id, job] of Object.entries(jobs)) {
    if (job.if !== undefined && !holds(job.if, lookup)) continue;
    const done = await runJob(job, { ...env, ...runner.userValues }, { ...runner, lookup });
    ran.push(done);
    for (const [name, value] of Object.entries(done.outputs))
      outputs.set(`needs.${id}.outputs.${name}`, value);
    if (done.failure !== undefined) break;
  }
  const output = ran.map((job) => job.output).join("");
  return {
    output,
    failure: ran.every(({ failure }) => failure === undefined) ? undefined : output,
    summary: ran.map(({ summary }) => summary).join(""),
    scripts: ran.flatMap(({ scripts }) => scripts),
  };
}

async function runJob(job: Job, workflowEnv: Variables, runner: Runner): Promise<RanJob> {
  const folder = await runner.checkout();
  const files = await mkdtemp(join(runner.env["TMPDIR"] ?? "", "job-"));
  const summary = join(files, "summary");
  await writeFile(summary, "");
  const outputs = new Map<string, string>();
  const lookup: Lookup = (name) =>
    outputs.get(name) ?? (name.startsWith("steps.") ? "" : runner.lookup(name));
  const scripts: string[] = [];
  let output = "";
  let succeeded = true;
  for (const step of job.steps) {
    if (!succeeded || (step.if !== undefined && !holds(step.if, lookup))) continue;
    // A first run has nothing to restore.
    if (step.uses?.startsWith("actions/cache@")) continue;
    if (step.uses !== undefined) {
      await runner.runAction(step.uses.split("@")[0] ?? "", resolved(step.with, lookup), folder);
      continue;
    }
    if (step.name === INSTALL) continue;
    const env = {
      ...runner.env,
      ...resolved(workflowEnv, lookup),
      ...resolved(step.env, lookup),
      GITHUB_STEP_SUMMARY: summary,
      RUNNER_TEMP: files,
      // The folder that the workflow names is on GitHub's machines.
      NODE_COMPILE_CACHE: runner.env["NODE_COMPILE_CACHE"] ?? "",
    };
    const ran = await runScript(step, env, folder, files);
    scripts.push(step.name ?? "");
    output += `## ${step.name ?? ""}\n${ran.output}`;
    succeeded = ran.exitCode === 0;
    for (const [name, value] of ran.outputs) outputs.set(`steps.${step.id ?? ""}.outputs.${name}`, value);
  }
  return {
    output,
    failure: succeeded ? undefined : output,
    summary: await readFile(summary, "utf8"),
    scripts,
    outputs: resolved(job.outputs, lookup),
  };
}

/** Runs a step's script as GitHub runs bash, and reads the outputs that it set. */
async function runScript({ run = "" }: Step, env: Variables, folder: string, files: string) {
  const script = join(files, "script.sh");
  const outputFile = join(files, "output");
  await Promise.all([writeFile(script, run), writeFile(outputFile, "")]);
  const bash = await runProcess("bash", ["--noprofile", "--norc", "-euo", "pipefail", script], {
    cwd: folder,
    env: { ...env, GITHUB_OUTPUT: outputFile },
  });
  const lines = (await readFile(outputFile, "utf8")).split("\n").filter((line) => line !== "");
  const outputs = lines.map((line): [string, string] => {
    const at = line.indexOf("=");
    if (at < 1) throw new Error(`Not an output: ${line}`);
    return [line.slice(0, at), line.slice(at + 1)];
  });
  return { ...bash, outputs };
}

function resolved(texts: Readonly<Record<string, unknown>> = {}, lookup: Lookup): Variables {
  return Object.fromEntries(
    Object.entries(texts).map(([name, value]) => [name, interpolate(String(value), lookup)]),
  );
}
