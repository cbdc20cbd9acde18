import { activeAfterEach, activeIds } from "../../activation/plan";
import type { Chunk } from "../../activation/plan";
import type { ListedCertificate } from "../../api/listedCertificate";
import type { Update } from "../../clients/outcome";
import type { StandIns } from "../../clients/pendingUploads";
import type { Candidate } from "../../clients/readingOrder";

/** What an update changes of the active certificates of a scope. */
export interface ScopeChange {
  readonly listed: readonly ListedCertificate[];
  readonly chunks: readonly Chunk[];
  /** Whether nobody may be locked out between several calls that end enforcement, so that more has to be read. */
  readonly endsStepwise: boolean;
  /** Ids that may be active after the update in addition, because of other resources. */
  readonly possible: ReadonlySet<string>;
  /** What the ids stand for that are known only in the update. */
  readonly unknownIds: StandIns;
}

/** The certificates of a scope that are active before and after a change of it. */
export function updateOf({ listed, chunks, possible, unknownIds }: ScopeChange): Update {
  const before = activeIds(listed);
  const uploads = new Set(unknownIds.candidates.map(({ id }) => id));
  const after = (activeAfterEach(chunks, before).at(-1) ?? before).union(uploads);
  return {
    before: { certain: before, possible: new Set(), isIncomplete: false },
    after: { certain: after, possible: possible.difference(after), isIncomplete: unknownIds.isIncomplete },
  };
}

/**
 * The same with certificates of another scope that count, too, and that the update does not change.
 * @param ids those that are active there; undefined when they could not be listed.
 */
export function alsoActive(update: Update, ids: ReadonlySet<string> | undefined): Update {
  const add = ({ certain, possible, isIncomplete }: Update["before"]): Update["before"] =>
    ids === undefined
      ? { certain, possible, isIncomplete: true }
      : { certain: certain.union(ids), possible: possible.difference(ids), isIncomplete };
  return { before: add(update.before), after: add(update.after) };
}

/**
 * What is known of listed certificates without their contents.
 * @param keyIdentifiers those that an earlier update has read, by id.
 */
export function candidatesOf(
  listed: readonly ListedCertificate[],
  keyIdentifiers: Readonly<Record<string, string>>,
): readonly Candidate[] {
  const byId = new Map(listed.map((certificate) => [certificate.id, certificate]));
  return [...byId.values()].map(({ id, name, certificateDetails }) => {
    const keyIdentifier = keyIdentifiers[id];
    return { id, name, ...certificateDetails, ...(keyIdentifier !== undefined && { keyIdentifier }) };
  });
}
