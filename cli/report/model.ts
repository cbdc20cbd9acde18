/** What happens to one certificate. */
export interface Row {
  readonly change: Change;
  /** Null when it has none, or none is known. */
  readonly name: string | null;
  /** Undefined when it is known only after the upload. */
  readonly id?: string;
  readonly validFrom?: string;
  readonly expires?: string;
  /** Where: "the organization", "project proj_abc"; undefined for the upload itself. */
  readonly scope?: string;
}

export type Change =
  "on" | "off" | "off, because the set is exclusive" | "upload" | "rename" | "replace" | "delete";

/** What happens in one scope. */
export interface Effect {
  readonly scope: string;
  /** "activate 2, deactivate 1, leave 11"; undefined when the preview could not look. */
  readonly change?: string;
  /** "turns ON" and so on; undefined when the preview could not look. */
  readonly enforcement?: string;
  /** "3 API calls"; undefined when the preview could not look. */
  readonly calls?: string;
}

/** A preview as a reviewer needs it. */
export interface Report {
  readonly failed: boolean;
  readonly rows: readonly Row[];
  readonly effects: readonly Effect[];
  readonly warnings: readonly string[];
  readonly errors: readonly string[];
  /** What the provider said besides: what a change of enforcement means, that ids were not verified. */
  readonly remarks: readonly string[];
  /** How many other resources of the stack change, by what happens to them. */
  readonly others: Readonly<Record<string, number>>;
}
