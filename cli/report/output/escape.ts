import { sanitize } from "../../../provider/shared/sanitize";

/** A word joiner: it shows nothing, and keeps what stands around it from being a mention or a reference. */
const BREAK = "\u2060";

/** Text from outside for the cell of a table, in which nothing is more than text. */
export function cell(text: string): string {
  return plain(sanitize(text));
}

/** Text from outside for all other places, in which `words in backticks` are code, and nothing else is more than text. */
export function prose(text: string): string {
  return sanitize(text)
    .split(/(`[^`]+`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? span(part.slice(1, -1)) : plain(part)))
    .join("");
}

function span(text: string): string {
  return /^\s|\s$/.test(text) ? `\` ${text} \`` : `\`${text}\``;
}

function plain(text: string): string {
  return (
    text
      .replace(/[\\`*_{}[\]()<>#!|&~@$^]/g, String.raw`\$&`)
      // Addresses, and what would begin a list or a heading.
      .replace(/(?<=\w)\.(?=\w)|:\/\/|^[-+=]|(?<=^\d+)[.)]/g, String.raw`\$&`)
      // What is escaped still mentions a person or refers to an issue, unless the word is broken.
      .replace(/\\[@#]|\bGH(?=-\d)/gi, `$&${BREAK}`)
  );
}
