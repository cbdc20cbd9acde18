import { ApiError } from "../api/errors";
import { MAX_CERTIFICATES } from "../api/limits";
import type { ListedCertificate } from "../api/shapes";
import type { UploadedCertificate } from "../api/uploads";
import { ExplainedError } from "../explainedError";
import { called } from "../review/words";
import type { AnchorStore } from "./anchorStore";
import { shownSubject } from "./refusals";
import { findTwin, twinCandidates, type Wanted } from "./twin";

const NEXT_UP = "The next `pulumi up` looks for it by its content, so that it is not uploaded twice.";

/**
 * Uploads a certificate so that there is one of it, however often the answer is lost: with one list, one upload and,
 * only for what may be left of a lost attempt, looks at its content.
 * @param held ids that belong to other resources.
 * @param now milliseconds since 1970.
 * @throws Error when the organization is full, the API refuses, or it cannot be found out whether it was uploaded.
 */
export async function uploadOnce(
  store: AnchorStore,
  wanted: Wanted,
  held: ReadonlySet<string>,
  now: number,
): Promise<UploadedCertificate> {
  const listed = await store.list();
  const left = await search(store, wanted, listed, held, now);
  if (left) {
    store.say(`${called(left)} was uploaded already, by an attempt whose answer was lost; it is taken over`);
    return left;
  }
  if (listed.length >= MAX_CERTIFICATES) throw new ExplainedError(full(wanted, listed));

  const others = held.union(new Set(listed.map(({ id }) => id)));
  for (let tries = 1; ; tries += 1) {
    try {
      return await store.upload(wanted.anchor.pem, wanted.name);
    } catch (error) {
      if (!(error instanceof ApiError) || !error.failure.mayHaveActed) throw error;
      const hasTime = await store.pause(tries);
      const uploaded = await searchAgain(store, wanted, others, now, error);
      if (uploaded) return uploaded;
      if (!hasTime) throw new ExplainedError(`${error.message}\nIt is not in the list. ${NEXT_UP}`);
    }
  }
}

async function search(
  store: AnchorStore,
  wanted: Wanted,
  listed: readonly ListedCertificate[],
  others: ReadonlySet<string>,
  now: number,
): Promise<UploadedCertificate | undefined> {
  const candidates = twinCandidates(wanted, listed, others, now / 1000);
  return findTwin(wanted, candidates, (id) => store.content(id));
}

/** Looks for what a lost upload may have left. @throws Error when it cannot be looked for. */
async function searchAgain(
  store: AnchorStore,
  wanted: Wanted,
  others: ReadonlySet<string>,
  now: number,
  lost: ApiError,
): Promise<UploadedCertificate | undefined> {
  try {
    return await search(store, wanted, await store.list(), others, now);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ExplainedError(
      [
        `whether ${shownSubject(wanted.anchor)} was uploaded is not known.`,
        lost.message,
        `Looking for it failed, too: ${why}`,
        NEXT_UP,
      ].join("\n"),
    );
  }
}

function full({ anchor }: Wanted, listed: readonly ListedCertificate[]): string {
  const inactive = listed.filter(({ active }) => !active);
  return [
    `the organization holds ${listed.length} certificates, and may hold ${MAX_CERTIFICATES}; ` +
      `${shownSubject(anchor)} was not uploaded.`,
    "Delete one that is used nowhere. (A replacement needs room for both; the resource option deleteBeforeReplace " +
      "does without, for one that is not active.)",
    ...(inactive.length > 0
      ? [`Not active in the organization, perhaps in a project: ${inactive.map(called).sort().join(", ")}`]
      : []),
  ].join("\n");
}
