/** A provider plugin. The engine starts it with its own address, and reads the server's port from the first line. */
import "../shared/requireSupportedNode";
import { onEngineEnd } from "../shared/onEngineEnd";
import { connectToEngine } from "./engineConnection";
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

onEngineEnd(() => process.exit(0));

/** Connects to the engine whose address is among the arguments; the engine may pass flags before it. */
function connectTo(args: readonly string[]): void {
  const address = args.findLast((argument) => !argument.startsWith("-"));
  if (address !== undefined) connectToEngine(address);
}
