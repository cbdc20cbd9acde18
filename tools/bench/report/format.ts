import type { Summary } from "./statistics";

/** Formats a median with its quartiles: "1.52 (1.49 to 1.60)". */
export function formatSummary({ median, lower, upper }: Summary, digits: number): string {
  return `${median.toFixed(digits)} (${lower.toFixed(digits)} to ${upper.toFixed(digits)})`;
}

/** Formats bytes as kB or MB. */
export function formatBytes(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
