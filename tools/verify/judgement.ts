/** What an outside judge found. */
export interface Finding {
  /** What was measured or counted, in a few words: "200 chains, 0 disagreements". */
  readonly figures: string;
  /** What the judge objects to, a line each. Empty when it objects to nothing. */
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

/** One thing that an outside judge examines. */
export interface Judgement {
  /** The name for `--only`. */
  readonly id: string;
  /** What is examined: "the emulator's responses". */
  readonly subject: string;
  /** Who examines it, with its version: "openai 7.57.0 for Node". */
  readonly judge: string;
  examine(log: Log): Promise<Finding>;
}

/** Reports progress, a line at a time. */
export type Log = (line: string) => void;

/** A judgement and what came of it. */
export interface Verdict {
  readonly judgement: Judgement;
  readonly finding: Finding;
  readonly seconds: number;
}
