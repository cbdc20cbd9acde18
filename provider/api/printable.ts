import { MAX_MESSAGE_CHARACTERS } from "./limits";

// Control characters, and the marks that turn the direction of text: either could rewrite what a terminal shows.
// eslint-disable-next-line no-control-regex -- naming them is the point
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g;

/** Text from outside as it may be shown: on one line, of bounded length, unable to steer a terminal. */
export function printable(text: string): string {
  const line = text.replace(UNPRINTABLE, " ").trim();
  return line.length > MAX_MESSAGE_CHARACTERS ? `${line.slice(0, MAX_MESSAGE_CHARACTERS)}…` : line;
}
