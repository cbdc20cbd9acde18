import { EngineNotFound, findEngine } from "./findEngine";

/** Finds the engine, and prints its path and nothing else to standard output: `npm run --silent engine`. */
async function main(): Promise<void> {
  const { pulumi, version, origin } = await findEngine();
  console.error(`engine: pulumi ${version} (${origin})`);
  console.log(pulumi);
}

main().catch((error: unknown) => {
  console.error(error instanceof EngineNotFound ? error.message : error);
  process.exitCode = 1;
});
