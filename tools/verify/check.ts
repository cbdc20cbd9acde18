/** What a check found. */
export interface Finding {
  /** What was measured or counted, in a few words: "200 chains, 0 disagreements". */
  readonly figures: string;
  /** What is wrong, a line each. Empty when the check passes. */
  readonly problems: readonly string[];
  /** What `--write` writes in addition to the row of the table. */
  readonly written?: readonly WrittenFile[];
}

/** A generated part of a page, or a whole file. */
export interface WrittenFile {
  /** Path from the repository's root. */
  readonly path: string;
  /** The name of the markers in the page; undefined for a whole file. */
  readonly marker?: string;
  readonly content: string;
}

/** A subject that a third-party tool checks. */
export interface Check {
  /** The name for `--only`. */
  readonly id: string;
  /** What is checked: "the emulator's responses". */
  readonly subject: string;
  /** The tool, with its version: "openai 7.59.0 for Node". */
  readonly tool: string;
  run(log: Log): Promise<Finding>;
}

/** Reports progress, a line at a time. */
export type Log = (line: string) => void;

/** A check and its finding. */
export interface Result {
  readonly check: Check;
  readonly finding: Finding;
  readonly seconds: number;
}
