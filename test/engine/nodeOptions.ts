import { join } from "node:path";

const SUPPORT = join(__dirname, "../support");

/** The folder of a `node` that finds modules of the SDK without starting Node. It runs that of `QUICK_SDK_NODE` otherwise. */
export const QUICK_NODE_FOLDER = join(SUPPORT, "quickSdk/bin");

/** `NODE_OPTIONS` that load modules of test/support in every Node process of a command, and let the SDK start quickly. */
export function nodeOptions(...modules: readonly string[]): string {
  return ["quickSdk", ...modules].map((module) => `--require "${join(SUPPORT, module)}"`).join(" ");
}
