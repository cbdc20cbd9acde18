import { log, output, runtime } from "@pulumi/pulumi";
import type { Input, Resource } from "@pulumi/pulumi";

/** The namespace of the settings without the argument `connection`. */
const DEFAULT_CONNECTION = "openai-certificates";

/** A client of gRPC has a channel, although the declarations of the SDK do not say so. */
type EngineClient = ReturnType<typeof runtime.getEngine> & {
  getChannel(): { getTarget(): string };
};

interface ScopeArguments {
  readonly connection?: Input<string> | undefined;
  readonly projectId?: Input<string> | undefined;
}

/**
 * Fails a preview of an update that would be rejected. The provider cannot: the engine calls a dynamic provider for the
 * last time before it checks the resources that follow, and one of them may avert the rejection. So the program asks the
 * provider's process when they have been checked.
 */
export function failPreview(resource: Resource, { connection, projectId }: ScopeArguments): void {
  const address = runtime.isDryRun() ? engineAddress() : undefined;
  if (address === undefined) return;
  // Known as soon as the provider has compared the resource, except for a project that is known only in the update.
  output({ urn: resource.urn, connection, projectId }).apply(async (scope) => {
    const isDone = runtime.rpcKeepAlive();
    try {
      for (const { reason, ...rejected } of await loadRun().finalRejections(address)) {
        if (isSame(rejected.connection, scope.connection) && rejected.projectId === scope.projectId)
          await log.error(reason, resource);
      }
    } finally {
      isDone();
    }
  });
}

/** Whether two connections are the same: the default one may be named or not. */
function isSame(one = DEFAULT_CONNECTION, other = DEFAULT_CONNECTION): boolean {
  return one === other;
}

/** The address that the engine has given to all processes of the run; undefined in tests of programs with mocks. */
function engineAddress(): string | undefined {
  const engine = runtime.getEngine() as EngineClient | undefined;
  return engine?.getChannel().getTarget().replace(/^dns:/, "");
}

function loadRun(): typeof import("../provider/run/finalRejections") {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require("../provider/run/finalRejections") as typeof import("../provider/run/finalRejections");
}
