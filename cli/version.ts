import { createRequire } from "node:module";
import * as v from "valibot";

/** The package's version, found by its own name, wherever the built files lie. */
export const version = v.parse(
  v.object({ version: v.string() }),
  createRequire(__filename)("pulumi-openai-certificates/package.json"),
).version;
