import { redactSecrets } from "./redact";

/** Maximum characters of an external text, such as an error message of the API, that are shown. */
export const MAX_CHARACTERS = 500;

/** Control characters, invisible characters, direction marks, line separators, and lone surrogates. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;

/** External text that is safe to print: on one line, of bounded length, without control characters and secrets. */
export function sanitize(text: string): string {
  // Redacted twice: a character that is replaced in between may have split a key, or hidden its start.
  const line = redactSecrets(redactSecrets(text).replace(UNSAFE, " ").trim());
  if (line.length <= MAX_CHARACTERS) return line;
  // The cut may leave a lone surrogate.
  return `${line.slice(0, MAX_CHARACTERS).replace(/\p{Cs}$/u, "")}…`;
}
