import { renderTable } from "../../../test/support/table";
import type { Section } from "./section";

/** Renders a section for docs/performance.md: the picture, the table and the notes. */
export function renderSection({ rows, notes, plot }: Section): string {
  const picture = plot === undefined ? [] : [`![${plot.alt}](performance/${plot.file})`];
  return [...picture, renderTable(rows), notes.join("\n")].filter((block) => block !== "").join("\n\n");
}
