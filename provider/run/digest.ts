import { createHash } from "node:crypto";

/** Identifies a text, which may be secret, within the run of an engine. */
export function digestOf(engineAddress: string, text: string): string {
  return createHash("sha256").update(`${engineAddress}\n${text}`).digest("hex");
}
