/** A provider plugin. The engine starts it with its own address, and reads the server's port from the first line. */
import "../shared/requireSupportedNode";
import { fstatSync } from "node:fs";
import { connectToEngine } from "./engineLog";
import { startServer } from "./server";

connectTo(process.argv.slice(2));

startServer().then(
  ({ port }) => {
    process.stdout.write(`${port}\n`);
  },
  (error: unknown) => {
    throw error;
  },
);

// The engine holds the other end of stdin, which closes when the engine ends, even if it is killed. A debugger or a
// language host may start the plugin with a stdin that is no pipe and ends at once.
if (fstatSync(0).isFIFO()) process.stdin.on("end", () => process.exit(0)).resume();

/** Connects to the engine whose address is among the arguments; the engine may pass flags before it. */
function connectTo(args: readonly string[]): void {
  const address = args.findLast((argument) => !argument.startsWith("-"));
  if (address !== undefined) connectToEngine(address);
}
