/** Rows of cells. The first row contains the headings. */
export type Rows = readonly (readonly string[])[];

/** Formats rows as lines, with columns as wide as their longest text. */
export function formatTable(rows: Rows): readonly string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

export function printTable(rows: Rows): void {
  for (const line of formatTable(rows)) console.log(line);
}

/** Renders rows as a table in Markdown. */
export function renderTable([header = [], ...rows]: Rows): string {
  return [header, header.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
