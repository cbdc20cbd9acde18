import { LocalWorkspace } from "@pulumi/pulumi/automation";
import type { PulumiCommand, Stack } from "@pulumi/pulumi/automation";
import type { Organization } from "./fleetFile";

/** What a run needs for every organization. */
export interface Run {
  readonly pulumi: PulumiCommand;
  /** Whether to update the stacks. Without it they are only previewed. */
  readonly updates: boolean;
  /** The admin key of an organization; undefined when its environment variable is not set. */
  readonly adminKeyOf: (organization: Organization) => string | undefined;
}

/** What a run did for one organization. */
export interface Outcome {
  readonly organization: string;
  readonly result: "no changes" | "to update" | "updated" | "failed";
  readonly seconds: number;
  /** What Pulumi printed, or why it was not started. */
  readonly output: string;
}

/** Previews or updates the stack of an organization. It never throws: one failure must not stop the others. */
export async function runStack(organization: Organization, run: Run): Promise<Outcome> {
  const startedAt = performance.now();
  let printed = "";
  const print = (text: string) => {
    printed += text;
  };
  const result = await previewOrUpdate(organization, run, print).catch((error: unknown) => {
    // Pulumi's own errors repeat what it has printed.
    if (printed === "") printed = error instanceof Error ? error.message : String(error);
    return "failed" as const;
  });
  const seconds = (performance.now() - startedAt) / 1000;
  return { organization: organization.name, result, seconds, output: printed };
}

async function previewOrUpdate(
  organization: Organization,
  run: Run,
  print: (text: string) => void,
): Promise<Outcome["result"]> {
  const stack = await openStack(organization, run);
  const options = { color: "never", onOutput: print, onError: print } as const;
  if (!run.updates) {
    const { changeSummary } = await stack.preview(options);
    return hasChanges(changeSummary) ? "to update" : "no changes";
  }
  const { summary } = await stack.up(options);
  return hasChanges(summary.resourceChanges ?? {}) ? "updated" : "no changes";
}

/** Creates the stack of an organization if there is none yet. The admin key reaches only the processes of this stack. */
function openStack(organization: Organization, { pulumi, adminKeyOf }: Run): Promise<Stack> {
  const adminKey = adminKeyOf(organization);
  if (adminKey === undefined)
    throw new Error(`Set the environment variable ${organization.adminKeyVariable} to the admin key.`);

  return LocalWorkspace.createOrSelectStack(
    { stackName: organization.name, workDir: __dirname },
    {
      pulumiCommand: pulumi,
      envVars: {
        OPENAI_ADMIN_KEY: adminKey,
        ...(organization.baseUrl !== undefined && { OPENAI_BASE_URL: organization.baseUrl }),
      },
    },
  );
}

/** Whether an operation other than "same" is planned or was executed. */
function hasChanges(counts: Readonly<Record<string, number>>): boolean {
  return Object.keys(counts).some((operation) => operation !== "same");
}
