import { unsupportedNode } from "../../provider/shared/nodeVersion";

/**
 * Starts the plugin, unless this version of Node.js cannot run it. The bundle itself is not read before that: an old
 * version could not parse it.
 */
function launch(problem: string | undefined): void {
  if (problem === undefined) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    require("./plugin.cjs");
    return;
  }
  // Pulumi waits for a line with a port on stdout, and quotes anything else in the error of the provider. It shows
  // stderr in a message of the stack.
  process.stdout.write(problem);
  process.stderr.write(`\n${problem}\n`);
  process.exitCode = 1;
}

launch(unsupportedNode(process.versions.node));
