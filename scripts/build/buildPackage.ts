import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { OLDEST } from "../../provider/shared/nodeVersion";
import { composeSchema } from "../schema/schema";

const ROOT = resolve(__dirname, "../..");

/** Writes the plugin's schema, compiles the package to dist/, and bundles the provider into one file there. */
export async function buildPackage(): Promise<void> {
  rmSync(join(ROOT, "dist"), { recursive: true, force: true });
  writeFileSync(
    join(ROOT, "provider/plugin/schema.json"),
    `${JSON.stringify(composeSchema(), undefined, 2)}\n`,
  );
  execFileSync(process.execPath, [require.resolve("typescript/bin/tsc"), "-p", "tsconfig.build.json"], {
    cwd: ROOT,
    stdio: "inherit",
  });
  await build({
    absWorkingDir: ROOT,
    entryPoints: ["provider/index.ts"],
    outfile: "dist/provider/index.js",
    bundle: true,
    packages: "external",
    platform: "node",
    target: `node${OLDEST.major}.${OLDEST.minor}`,
    sourcemap: true,
    allowOverwrite: true,
    logLevel: "warning",
  });
}
