import { findAccess } from "../activation/guards/findAccess";
import type { Access } from "../activation/guards/findAccess";
import { plan } from "../activation/plan";
import type { Chunk, Desired } from "../activation/plan";
import type { ScopeOperations } from "../activation/scopeOperations";
import { ApiError } from "../api/errors/apiError";
import type { ListedCertificate } from "../api/listedCertificate";
import { scopeName } from "../api/scope";
import { renderWarning } from "../planSummary/render";

/** What a preview knows of a scope and of a resource in it. */
export interface Foreseen {
  readonly scoped: ScopeOperations;
  readonly listed: readonly ListedCertificate[];
  readonly desired: Desired;
  /** Ids this resource has made or found active before. */
  readonly managed: ReadonlySet<string>;
}

/**
 * Finds out whether an update is certain to lock the provider out, whatever other resources keep active.
 * @param warns whether to log a warning when the lock-out is likely, but not certain.
 * @returns why the update must be rejected; undefined when that is not certain.
 */
export async function certainLockout(foreseen: Foreseen, warns: boolean): Promise<string | undefined> {
  const { scoped } = foreseen;
  const chunks = stepsOf(foreseen);
  const access = await foreseenAccess(foreseen, chunks);
  if (access.kind === "kept") return undefined;
  const onlyActivated = chunks.filter(({ action }) => action === "activate");
  const atBest = await foreseenAccess(foreseen, onlyActivated);
  if (atBest.kind === "lost") return access.message;
  if (warns) warn(scoped, access.message);
  return undefined;
}

/** Warns of an update that would lock the provider out. */
export async function warnOfLockout(foreseen: Foreseen): Promise<void> {
  const access = await foreseenAccess(foreseen, stepsOf(foreseen));
  if (access.kind === "lost") warn(foreseen.scoped, access.message);
}

function stepsOf({ scoped, desired, managed, listed }: Foreseen): readonly Chunk[] {
  return plan(desired, managed, listed, Date.now() / 1000, scoped.declared()).chunks;
}

/** A preview continues when contents cannot be read: the update reads them before it changes anything. */
async function foreseenAccess({ scoped, listed }: Foreseen, chunks: readonly Chunk[]): Promise<Access> {
  try {
    return await findAccess(scoped, chunks, listed);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    scoped.warn(`the provider's own access to ${scopeName(scoped.scope)} was not verified: ${error.message}`);
    return { kind: "kept" };
  }
}

function warn(scoped: ScopeOperations, message: string): void {
  scoped.warn(renderWarning(scoped.scope, message));
}
