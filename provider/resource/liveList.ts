import type { ScopeOperations } from "../activation/scopeOperations";
import { ApiError } from "../api/errors/apiError";
import type { ListedCertificate } from "../api/listedCertificate";
import type { Declarations, KnownIds as RunIds } from "../run/declarations";
import { FAIL_FAST } from "../session/operation";
import { scopeSessionOf, settingsOf } from "../session/session";
import { verifiesInPreview } from "../settings/connection";
import { SettingsError } from "../settings/settingsError";
import { warnOnce } from "../shared/log";
import type { KnownIds } from "./activationInputs";
import { scopeOperations } from "./scopeOperations";
import type { Target } from "./target";

/** A live list, and the scope it is of. */
export interface LiveList {
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
    if (!verifiesInPreview(settingsOf(target.connection))) return undefined;
    const scoped = scopeOperations(target, stored, FAIL_FAST);
    const listed = scoped.cachedList(known.ids) ?? (await scoped.list(known.ids));
    const { declarations } = scopeSessionOf(target.connection, target.scope);
    return { scoped, listed, declarations, run: await declarations.known() };
  } catch (error) {
    if (!(error instanceof ApiError || error instanceof SettingsError)) throw error;
    warnOnce(`certificateIds not verified: ${error.message}`);
    return undefined;
  }
}
