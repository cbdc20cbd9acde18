import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { REPOSITORY } from "../../engine/packages";

/** A workflow file, as far as tests use it. */
export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Permissions;
  readonly concurrency?: { readonly group: string };
  readonly env?: Variables;
  readonly jobs: Readonly<Record<string, Job>>;
}

export type Permissions = Readonly<Record<string, "read" | "write">>;
export type Variables = Readonly<Record<string, string>>;

export interface Job {
  readonly if?: string;
  readonly environment?: string;
  readonly permissions?: Permissions;
  readonly "timeout-minutes"?: number;
  readonly outputs?: Variables;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly string[]>> };
  readonly steps: readonly Step[];
}

export interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  readonly env?: Variables;
  readonly run?: string;
}

export const WORKFLOWS = ["pull-request", "pull-request-without-key", "main", "nightly", "check"] as const;
export type WorkflowName = (typeof WORKFLOWS)[number];

export function workflowText(name: WorkflowName): string {
  return readFileSync(join(REPOSITORY, "examples/github-actions", `${name}.yaml`), "utf8");
}

export function workflow(name: WorkflowName): Workflow {
  return parse(workflowText(name)) as Workflow;
}

/** All steps of a workflow. */
export function stepsOf({ jobs }: Workflow): readonly Step[] {
  return Object.values(jobs).flatMap(({ steps }) => steps);
}
