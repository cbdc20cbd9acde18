import { mergeOptions, output, runtime } from "@pulumi/pulumi";
import type { CustomResourceOptions, Input, Resource } from "@pulumi/pulumi";
import type { ProgramRun } from "../provider/run/programRun";

type Module = typeof import("../provider/run/programRun");

/** What the activations of an organization and of a project declare. */
interface Declared {
  readonly certificateIds?: Input<readonly Input<string>[]>;
  readonly projectId?: Input<string>;
}

/**
 * By the client with which a program registers its resources: the Automation API may run several programs in one process.
 */
const runs = new Map<unknown, { readonly address: string; readonly run: ProgramRun }>();

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
  // What the engine checks then are other ids, which are known to it alone.
  if (options.ignoreChanges !== undefined) return options;
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
  const [address, monitor] = [engineAddress(), runtime.getMonitor()];
  if (address === undefined) return undefined;
  const known = runs.get(monitor);
  if (known) return known.run;
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { ProgramRun } = require("../provider/run/programRun") as Module;
  const run = new ProgramRun(address);
  // The process of a component does not know what the program declares that uses it.
  if (!runtime.getStackResource()) run.declare();
  leaveEnded(address);
  runs.set(monitor, { address, run });
  return run;
}

/** Ends what earlier programs of this process told. @param current the address of the engine that runs now. */
function leaveEnded(current: string): void {
  for (const [monitor, { address, run }] of runs) {
    if (address === current) {
      run.leave();
      runs.delete(monitor);
    } else {
      void run.leaveIfEnded().then((hasEnded) => {
        if (hasEnded) runs.delete(monitor);
      });
    }
  }
}

/** The declarations of the SDK do not say that its clients are those of gRPC. */
function engineAddress(): string | undefined {
  const client = runtime.getEngine() as { getChannel?(): { getTarget(): string } } | undefined;
  return client?.getChannel?.().getTarget().replace(/^dns:/, "");
}
