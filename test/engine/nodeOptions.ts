import { join } from "node:path";

const SUPPORT = join(__dirname, "../support");

/** `NODE_OPTIONS` that load modules of test/support in every Node process of a command, and let the SDK start quickly. */
export function nodeOptions(...modules: readonly string[]): string {
  return ["quickSdk", ...modules].map((module) => `--require "${join(SUPPORT, module)}"`).join(" ");
}
