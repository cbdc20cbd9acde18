import type { Candidate } from "./readingOrder";

/** A certificate that the program uploads in the same update. */
export interface PendingUpload {
  readonly name: string | null;
  /** Undefined while it is known only in the update. */
  readonly pem: string | undefined;
}

/** What the ids that are unknown during a preview stand for. */
export interface StandIns {
  /** Stand-ins for them, with an id such as "upload 1". */
  readonly candidates: readonly Candidate[];
  /** The contents of the stand-ins, by their ids. */
  readonly contents: ReadonlyMap<string, string>;
  /** Whether it is not certain what some of them stand for. */
  readonly isIncomplete: boolean;
}

export const NO_STAND_INS: StandIns = { candidates: [], contents: new Map(), isIncomplete: false };

/**
 * Matches the unknown ids of a set with the uploads that are pending in its organization: they stand for these if there
 * are as many of them.
 * @param linked uploads for which some of the ids certainly stand. The others are matched among themselves.
 */
export function matchUploads(
  unknownIds: number,
  uploads: readonly PendingUpload[],
  linked: readonly PendingUpload[] = [],
): StandIns {
  const others = uploads.filter((upload) => !linked.some((each) => isSame(each, upload)));
  const othersMatch = unknownIds - linked.length === others.length;
  const matched = standIns(othersMatch ? [...linked, ...others] : linked);
  return othersMatch || unknownIds === linked.length ? matched : { ...matched, isIncomplete: true };
}

function isSame(one: PendingUpload, other: PendingUpload): boolean {
  return one.pem === other.pem && one.name === other.name;
}

function standIns(uploads: readonly PendingUpload[]): StandIns {
  const known = uploads.flatMap(({ name, pem }, index) =>
    pem === undefined ? [] : [{ id: `upload ${index + 1}`, name, pem }],
  );
  return {
    candidates: known.map(({ id, name }) => ({ id, name })),
    contents: new Map(known.map(({ id, pem }) => [id, pem])),
    isIncomplete: known.length < uploads.length,
  };
}
