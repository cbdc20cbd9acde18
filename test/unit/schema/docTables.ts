import { readPage, section } from "../../support/docs";

/** The names in backticks in the first column of the table under a heading. One row may have several. */
export function firstColumn(path: string, heading: string): readonly string[] {
  return section(readPage(path), heading)
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .flatMap((line) => [...(line.split("|")[1] ?? "").matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? ""));
}
