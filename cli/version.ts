import { createRequire } from "node:module";
import * as v from "valibot";

/**
 * The version of the package, resolved by the package's name so that it does not depend on where the built files are.
 */
export const VERSION = v.parse(
  v.object({ version: v.string() }),
  createRequire(__filename)("pulumi-openai-certificates/package.json"),
).version;
