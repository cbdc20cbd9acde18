/** Where an engine came from, in the order in which the sources are tried. */
export type Origin = "path" | "cache" | "installer" | "go";

/** A `pulumi` that runs, with what it needs to run Node programs and their dynamic providers. */
export interface Engine {
  /** The folder of the executables; it belongs on PATH. */
  readonly binFolder: string;
  /** Path of the `pulumi` executable. */
  readonly pulumi: string;
  /** Version without the leading `v`. */
  readonly version: string;
  readonly origin: Origin;
}

/** The result of a source: an engine, or why it has none. */
export type Attempt = { readonly engine: Engine } | { readonly reason: string };

export type Log = (line: string) => void;
