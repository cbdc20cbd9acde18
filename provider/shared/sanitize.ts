import { MAX_MESSAGE_CHARACTERS } from "../api/limits";
import { redactSecrets } from "./redact";

/** Controls, invisible marks, those that turn the direction of text, ends of lines, and halves of characters. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;

/** Text from outside as it may be shown: on one line, of bounded length, unable to steer a terminal, without secrets. */
export function sanitize(text: string): string {
  // Redacted twice: what is cut or replaced in between may have stood beside a key, or within one.
  const line = redactSecrets(redactSecrets(text).replace(UNSAFE, " ").trim());
  if (line.length <= MAX_MESSAGE_CHARACTERS) return line;
  // The cut may leave half a character.
  return `${line.slice(0, MAX_MESSAGE_CHARACTERS).replace(/\p{Cs}$/u, "")}…`;
}
