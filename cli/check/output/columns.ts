const INDENT = "  ";
const GAP = "  ";

/** Aligns rows of texts in columns, without white space at the end of a line. */
export function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  return rows.map((row) =>
    `${INDENT}${row.map((text, index) => text.padEnd(widths[index] ?? 0)).join(GAP)}`.trimEnd(),
  );
}
