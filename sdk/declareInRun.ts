import { mergeOptions, output, runtime } from "@pulumi/pulumi";
import type { CustomResourceOptions, Input, Resource } from "@pulumi/pulumi";
import type { ProgramRun } from "../provider/run/programRun";

type Module = typeof import("../provider/run/programRun");

/** What the activations of an organization and of a project declare. */
interface Declared {
  readonly certificateIds?: Input<readonly Input<string>[]>;
  readonly projectId?: Input<string>;
}

/** By the address of their engine: the Automation API may run several programs in one process. */
const runs = new Map<string, ProgramRun>();

/**
 * Lets the provider processes know which ids an activation declares, before the engine asks about any resource.
 * @returns the options with which to register it, not before the provider processes can ask.
 */
export function declareInRun(
  { projectId, certificateIds }: Declared,
  options: CustomResourceOptions = {},
): CustomResourceOptions {
  const run = certificateIds === undefined ? undefined : currentRun();
  if (!run) return options;
  const declaration = run.declare();
  // Not called while they are unknown.
  output(projectId).apply((id) => {
    const declare = declaration(
      id === undefined ? { kind: "organization" } : { kind: "project", projectId: id },
    );
    output(certificateIds).apply((ids: unknown) => {
      // What is no list of ids is rejected by the provider.
      declare(Array.isArray(ids) ? ids.filter((each) => typeof each === "string") : []);
    });
  });
  const published: Promise<Resource[]> = run.published.then(() => []);
  return mergeOptions(options, { dependsOn: published });
}

/** The run of the program; none in tests without an engine. */
function currentRun(): ProgramRun | undefined {
  const address = engineAddress();
  if (address === undefined) return undefined;
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { ProgramRun } = require("../provider/run/programRun") as Module;
  const run = runs.get(address) ?? new ProgramRun(address);
  runs.set(address, run);
  return run;
}

/** The declarations of the SDK do not say that its clients are those of gRPC. */
function engineAddress(): string | undefined {
  const client = runtime.getEngine() as { getChannel?(): { getTarget(): string } } | undefined;
  return client?.getChannel?.().getTarget().replace(/^dns:/, "");
}
