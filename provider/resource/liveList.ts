import type { ScopeOperations } from "../activation/scopeOperations";
import type { ListedCertificate } from "../api/listedCertificate";
import type { Declarations, KnownIds as RunIds } from "../run/declarations";
import { FAIL_FAST } from "../session/operation";
import { scopeSessionOf, settingsOf } from "../session/session";
import { previewVerification } from "../settings/connection";
import { warnOnce } from "../shared/log";
import type { KnownIds } from "./activationInputs";
import { scopeOperations } from "./scopeOperations";
import type { Target } from "./target";
import { continueUnverified } from "./unverified";

/** A live list, and the scope it is of. */
export interface LiveList {
  readonly connection: string;
  readonly scoped: ScopeOperations;
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
    if (previewVerification(settingsOf(target.connection)) === "off") return undefined;
    const scoped = scopeOperations(target, stored, FAIL_FAST);
    const listed = scoped.cachedList(known.ids) ?? (await scoped.list(known.ids));
    const { declarations } = scopeSessionOf(target.connection, target.scope);
    return { connection: target.connection, scoped, listed, declarations, run: await declarations.known() };
  } catch (error) {
    const warning = (reason: string): string => `certificateIds not verified: ${reason}`;
    continueUnverified(target.connection, error, warning, warnOnce);
    return undefined;
  }
}
