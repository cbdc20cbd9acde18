import type { Candidate } from "./readingOrder";

/** A certificate that the program uploads in the same update. */
export interface PendingUpload {
  readonly name: string | null;
  readonly pem: string;
}

/** What the ids that are unknown during a preview stand for. */
export interface UnknownIds {
  /** Stand-ins for them, with an id such as "upload 1". Empty when it is not certain what they stand for. */
  readonly candidates: readonly Candidate[];
  /** The contents of the stand-ins, by their ids. */
  readonly contents: ReadonlyMap<string, string>;
  /** Whether it is not certain what they stand for. */
  readonly isIncomplete: boolean;
}

/**
 * Matches the unknown ids of a set with the uploads that are pending in its organization: they stand for these if there
 * are as many of them.
 */
export function matchUploads(unknownIds: number, uploads: readonly PendingUpload[]): UnknownIds {
  if (unknownIds !== uploads.length)
    return { candidates: [], contents: new Map(), isIncomplete: unknownIds > 0 };
  const numbered = uploads.map((upload, index) => ({ id: `upload ${index + 1}`, ...upload }));
  return {
    candidates: numbered.map(({ id, name }) => ({ id, name })),
    contents: new Map(numbered.map(({ id, pem }) => [id, pem])),
    isIncomplete: false,
  };
}
