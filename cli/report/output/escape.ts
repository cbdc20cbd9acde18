import { sanitize } from "../../../provider/shared/sanitize";

/** A word joiner: it shows nothing, and keeps what stands around it from being a mention or a reference. */
const BREAK = "\u2060";

/** Text from outside as code in the cell of a table, where nothing is a link, a mention, a reference or HTML. */
export function cell(text: string): string {
  return span(sanitize(text)).replaceAll("|", String.raw`\|`);
}

/** Text from outside as prose outside of tables, in which `words in backticks` are code, and nothing else is more than text. */
export function prose(text: string): string {
  return sanitize(text)
    .split(/(`[^`]+`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? span(part.slice(1, -1)) : plain(part)))
    .join("");
}
function span(text: string): string {
  const shown = text === "" ? " " : text;
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest > 0 ? `${fence} ${shown} ${fence}` : `${fence}${shown}${fence}`;
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
