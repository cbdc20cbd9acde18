import { createHash } from "node:crypto";

/** The part in the middle of every key of OpenAI. */
const MARK = Buffer.from("OpenAI").toString("base64");

/** An admin key of the form that OpenAI issues, which no one has. It is made here, so that no scanner finds it in a file. */
export function canaryKey(seed: string): string {
  const half = (part: string): string =>
    createHash("sha512").update(`${seed} ${part}`).digest("base64url").slice(0, 74);
  return `sk-admin-${half("first")}${MARK}${half("last").replaceAll(/[-_]$/g, "x")}`;
}
