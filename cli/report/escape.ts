import { printable } from "../../provider/api/printable";

/** Text from outside as code in a cell of a table: there, nothing is a link, a mention, a reference or HTML. */
export function code(text: string): string {
  // Backslashes before a pipe would be read in more than one way.
  const shown = printable(text).replaceAll("\\|", "|").replaceAll("|", "\\|") || " ";
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest > 0 ? `${fence} ${shown} ${fence}` : `${fence}${shown}${fence}`;
}

/** Text from outside as a sentence: no character of it formats, links, mentions or refers. */
export function prose(text: string): string {
  return (
    printable(text)
      .replace(/[\\`*_{}[\]()<>#!|&~@$^]/g, String.raw`\$&`)
      // Addresses, and what would begin a list or a heading.
      .replace(/(?<=\w)\.(?=\w)|:\/\/|^[-+=]|(?<=^\d+)[.)]/g, String.raw`\$&`)
      // What is escaped still mentions a person or refers to an issue, unless the word is broken.
      .replace(/\\([@#])/g, "\\$1\u200b")
  );
}
