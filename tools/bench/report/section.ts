import type { Rows } from "../../../test/support/table";
import type { Check } from "./check";

/** A table of the report, and what belongs to it. */
export interface Section {
  /** The name of its markers in docs/performance.md. */
  readonly name: string;
  /** The title of the table on the terminal. */
  readonly title: string;
  /** The first row contains the headings. */
  readonly rows: Rows;
  /** Sentences below the table: how it was measured. */
  readonly notes: readonly string[];
  readonly checks: readonly Check[];
  readonly plot?: Plot;
}

/** A generated picture. */
export interface Plot {
  /** The name of the file in docs/performance. */
  readonly file: string;
  /** The description of the picture for those who cannot see it. */
  readonly alt: string;
  readonly svg: string;
}
