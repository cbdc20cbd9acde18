import type { ScopeApi } from "../activation/scopeApi";
import type { ListedCertificate } from "../api/listedCertificate";
import type { Declarations, RunIds } from "../run/declarations";
import { previewOperation } from "../session/operation";
import type { Target } from "../session/operation";
import type { KnownIds } from "./activationInputs";
import { openScope } from "./openScope";
import { continueUnverified } from "./unverified";

/** A live list, and the scope it is of. */
export interface LiveList {
  readonly connection: string;
  readonly scoped: ScopeApi;
  readonly listed: readonly ListedCertificate[];
  readonly declarations: Declarations;
  /** What the run knew when the list was used. */
  readonly run: RunIds;
}

/**
 * Lists the certificates of a scope in one attempt. A preview continues when that fails.
 * @param known ids that are expected in the list; a cached list that lacks one is not used.
 * @param stored the ids of the resource's state; undefined when it has none yet.
 * @returns undefined when previews must not or cannot list; a warning gives the reason.
 * @throws UserError when the organization has none of the certificates in the state.
 */
export async function fetchLiveList(
  target: Target,
  known: Pick<KnownIds, "ids">,
  stored: ReadonlySet<string> | undefined,
): Promise<LiveList | undefined> {
  try {
    const operation = previewOperation(target);
    if (!operation) return undefined;
    const scoped = openScope(operation, target.scope, stored);
    const listed = scoped.cachedList(known.ids) ?? (await scoped.list(known.ids));
    const { declarations } = operation.shared;
    return { connection: target.connection, scoped, listed, declarations, run: await declarations.known() };
  } catch (error) {
    continueUnverified(target.connection, error, (reason) => `certificateIds not verified: ${reason}`);
    return undefined;
  }
}
