import { EngineNotFound, findEngine } from "./findEngine";

/** Gets the engine, and prints where it is: `npm run engine`. */
async function main(): Promise<void> {
  const engine = await findEngine();
  console.log(`pulumi ${engine.version} (${engine.origin}): ${engine.pulumi}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof EngineNotFound ? error.message : error);
  process.exitCode = 1;
});
