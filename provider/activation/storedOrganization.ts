import { ApiError } from "../api/errors/apiError";
import type { ListedCertificate } from "../api/listedCertificate";
import { scopeName } from "../api/scope";
import type { Scope } from "../api/scope";
import { formatIds } from "../shared/format";
import { UserError } from "../shared/userError";
import type { ScopeApi } from "./scopeApi";

/**
 * Whether a list may be that of another organization than the one a state describes. Ids are unique, so one id in common
 * shows that it is the same. A state without ids has nothing to lose in any organization.
 */
export function mayBeOtherOrganization(
  storedIds: ReadonlySet<string>,
  listed: readonly { readonly id: string }[],
): boolean {
  return storedIds.size > 0 && !listed.some(({ id }) => storedIds.has(id));
}

/**
 * Why nothing is concluded from a list that has none of a resource's stored ids.
 * @param organization the organization that was listed, and its address.
 */
export function otherOrganization(storedIds: ReadonlySet<string>, organization: string): UserError {
  return new UserError(
    `${organization} has none of the certificates in the state of this resource: ${formatIds(storedIds)}. ` +
      "No changes were made. If they are in another organization, use its admin key and base URL again. If they were " +
      "deleted, remove the resource from the state with `pulumi state delete URN` (`pulumi stack --show-urns` shows its " +
      "URN), and run `pulumi up`.",
  );
}

/** A project that was deleted outside Pulumi, and with it its active certificates. */
export class DeletedProject extends UserError {
  constructor(scope: Scope, cause: ApiError) {
    super(
      `${scopeName(scope)} no longer exists. No changes were made. Remove the resource from the program or set another ` +
        "projectId; `pulumi refresh` removes it from the state.\n" +
        cause.message,
    );
  }
}

/**
 * The operations of a scope for a resource with a state. Their lists are of the organization that the state describes:
 * otherwise they fail, so that no operation takes a certificate of another organization for inactive or deleted.
 * @param organization what messages call the organization, and its address.
 */
export function inStoredOrganization(
  scoped: ScopeApi,
  storedIds: ReadonlySet<string>,
  organization: string,
): ScopeApi {
  const rejectOther = async (listed: readonly { readonly id: string }[]): Promise<void> => {
    if (!mayBeOtherOrganization(storedIds, listed)) return;
    // A project's list may lack certificates that are not active there any more.
    if (scoped.scope.kind === "project" && !mayBeOtherOrganization(storedIds, await scoped.inherited()))
      return;
    throw otherOrganization(storedIds, organization);
  };
  const list = async (expected?: ReadonlySet<string>): Promise<readonly ListedCertificate[]> => {
    const listed = await scoped.list(expected);
    await rejectOther(listed);
    return listed;
  };
  return {
    ...scoped,
    list: (expected) =>
      list(expected).catch(async (error: unknown) => {
        if (!isMissingProject(scoped.scope, error)) throw error;
        await rejectOther([]);
        // One response is not enough to remove a resource from the state.
        return list(expected).catch((again: unknown) => {
          throw isMissingProject(scoped.scope, again) ? new DeletedProject(scoped.scope, again) : again;
        });
      }),
    cachedList: (ids) => {
      const cached = scoped.cachedList(ids);
      return cached && mayBeOtherOrganization(storedIds, cached) ? undefined : cached;
    },
  };
}

/** Whether the API itself, and not a proxy, does not find a project. */
function isMissingProject({ kind }: Scope, error: unknown): error is ApiError {
  if (!(error instanceof ApiError) || kind !== "project") return false;
  const { status, isFromApi } = error.failure;
  return status === 404 && isFromApi === true;
}
