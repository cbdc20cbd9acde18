import { join, resolve } from "node:path";
import { build } from "esbuild";
import type { Metafile } from "esbuild";
import { OLDEST } from "../../provider/shared/nodeVersion";

export interface Bundle {
  readonly code: Buffer;
  /** The license comments of the bundled files, which esbuild takes out of the code. */
  readonly comments: string;
  readonly metafile: Metafile;
}

/** Paths in the bundle's comments and metafile are relative to this, so that they are the same on every machine. */
export const ROOT = resolve(__dirname, "../..");

export const BUNDLE = "plugin.cjs";
export const LAUNCHER = "launcher.cjs";

const TARGET = `node${OLDEST.major}.${OLDEST.minor}`;
/** The launcher runs on any version that can be expected, to name the versions that the plugin needs. */
const LAUNCHER_TARGET = "node10";

/** Bundles a plugin with everything it imports into one file. Names stay readable for stack traces. */
export function bundlePlugin(entry: string): Promise<Bundle> {
  return bundle(entry, BUNDLE, TARGET);
}

export function bundleLauncher(): Promise<Bundle> {
  return bundle(join(__dirname, "launcher.ts"), LAUNCHER, LAUNCHER_TARGET);
}

async function bundle(entry: string, outfile: string, target: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    outfile,
    target,
    absWorkingDir: ROOT,
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    format: "cjs",
    external: [`./${BUNDLE}`],
    legalComments: "external",
    logLevel: "warning",
  });
  const contents = (extension: string) =>
    outputFiles.find(({ path }) => path.endsWith(`${outfile}${extension}`))?.contents ?? new Uint8Array();
  return {
    code: Buffer.from(contents("")),
    comments: Buffer.from(contents(".LEGAL.txt")).toString(),
    metafile,
  };
}
