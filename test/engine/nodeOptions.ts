import { join } from "node:path";

const SUPPORT = join(__dirname, "../support");

/** The folder of a `node` that finds modules of the SDK without starting Node. It runs that of `QUICK_SDK_NODE` otherwise. */
export const QUICK_NODE_FOLDER = join(SUPPORT, "quickSdk/bin");

/** Whether the SDK runs as users have it, which takes twice the time: `npm run test:unmodified-sdk`. */
const IS_UNMODIFIED = process.env["UNMODIFIED_SDK"] !== undefined;

/** `NODE_OPTIONS` that load modules of test/support in every Node process of a command, and let the SDK start quickly. */
export function nodeOptions(...modules: readonly string[]): string {
  return [...(IS_UNMODIFIED ? [] : ["quickSdk"]), ...modules]
    .map((module) => `--require "${join(SUPPORT, module)}"`)
    .join(" ");
}
