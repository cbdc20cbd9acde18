import type { ScopeApi } from "../../activation/scopeApi";
import { ApiError } from "../../api/errors/apiError";

/** Reads a content; undefined when that is not possible now. */
export type ReadContent = (id: string) => Promise<string | undefined>;

/**
 * Reads contents until a request fails for a reason that concerns the others, too, such as the rate limit: it need not be
 * found out for each of them. A preview does not wait for the rate limit, so the update reads the rest.
 * @param onFailure is called for each request that failed.
 */
export function contentReader(
  scoped: Pick<ScopeApi, "content">,
  onFailure: (error: ApiError) => void,
): ReadContent {
  let isFailing = false;
  return async (id) => {
    if (isFailing) return undefined;
    try {
      return await scoped.content(id);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // Somebody may have deleted this one certificate.
      isFailing = error.failure.status !== 404;
      onFailure(error);
      return undefined;
    }
  };
}
