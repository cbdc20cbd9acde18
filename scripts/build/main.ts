import { buildPackage } from "./buildPackage";
import { recordBuild } from "./sources";

/** Builds dist/ from the sources: `npm run build`. */
recordBuild(buildPackage).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
