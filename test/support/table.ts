type Rows = readonly (readonly string[])[];

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
