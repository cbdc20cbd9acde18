import { findAccess } from "../activation/guards/findAccess";
import type { Access } from "../activation/guards/findAccess";
import type { Chunk } from "../activation/plan";
import type { ScopeApi } from "../activation/scopeApi";
import type { ListedCertificate } from "../api/listedCertificate";
import { scopeName } from "../api/scope";
import { renderWarning } from "../planSummary/render";
import type { Forecast } from "./forecast";
import type { LiveList } from "./liveList";
import { continueUnverified } from "./unverified";

/**
 * Finds out whether an update would lock the provider out even if everything is active that the program declares.
 * @returns why the update must be rejected; undefined when it would not.
 */
export async function certainLockout({
  live,
  summary: { chunks },
  declared,
}: Forecast): Promise<string | undefined> {
  const { listed } = live;
  const access = await foreseenAccess(live, chunks, listed);
  if (access.kind === "kept") return undefined;
  const atBest = await foreseenAccess(
    live,
    chunks,
    listed.map((certificate) => ({
      ...certificate,
      active: certificate.active || declared.has(certificate.id),
    })),
  );
  return atBest.kind === "lost" ? `${access.message}\n  No changes were made.` : undefined;
}

/** Warns of an update that would lock the provider out. */
export async function warnOfLockout({ live, summary: { chunks } }: Forecast): Promise<void> {
  const access = await foreseenAccess(live, chunks, live.listed);
  if (access.kind === "lost") warn(live.scoped, access.message);
}

/** A preview continues when contents cannot be read: the update reads them before it changes anything. */
async function foreseenAccess(
  { connection, scoped }: LiveList,
  chunks: readonly Chunk[],
  listed: readonly ListedCertificate[],
): Promise<Access> {
  try {
    return await findAccess(scoped, chunks, listed);
  } catch (error) {
    const access = `the provider's own access to ${scopeName(scoped.scope)}`;
    continueUnverified(connection, error, (reason) => `${access} was not verified: ${reason}`);
    return { kind: "kept" };
  }
}

function warn(scoped: ScopeApi, message: string): void {
  scoped.warn(renderWarning(scoped.scope, message));
}
