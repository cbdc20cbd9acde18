import { ApiError } from "../api/errors/apiError";
import type { ListedCertificate } from "../api/listedCertificate";
import { canceled } from "../shared/cancellation";
import { activeIds } from "./plan";
import type { Chunk } from "./plan";
import type { ScopeApi } from "./scopeApi";

/** What is known of a scope's certificates after a number of calls. */
export interface ObservedState {
  readonly certificates: readonly ListedCertificate[];
  /** Ids whose state is not known, because the response to the last call left it open and the list failed, too. */
  readonly unverified: ReadonlySet<string>;
}

export interface ExecutionResult extends ObservedState {
  readonly failure?: {
    /** The chunk that failed. */
    readonly chunk: Chunk;
    /** The chunks after it, which were not sent. */
    readonly unsent: readonly Chunk[];
    readonly error: Error;
  };
}

/**
 * Sends a plan's chunks in their order. Stops at the first that fails, and before the next one when the user cancels.
 * @param listed the scope's certificates before the first chunk.
 * @returns what is actually active afterwards. Never throws for a failed call.
 */
export async function executePlan(
  api: ScopeApi,
  chunks: readonly Chunk[],
  listed: readonly ListedCertificate[],
): Promise<ExecutionResult> {
  let certificates = listed;
  for (const [index, planned] of chunks.entries()) {
    const chunk = await withoutDeclared(api, planned);
    if (chunk.ids.length === 0) continue;
    const { error, ...known } = api.isCanceled()
      ? { certificates, unverified: new Set<string>(), error: canceled() }
      : await send(api, chunk, certificates);
    if (error) return { ...known, failure: { chunk, unsent: chunks.slice(index + 1), error } };
    certificates = known.certificates;
  }
  return { certificates, unverified: new Set() };
}

/** A resource that is checked only after the plan was made may declare what is about to be deactivated. */
async function withoutDeclared(api: ScopeApi, chunk: Chunk): Promise<Chunk> {
  if (chunk.action === "activate") return chunk;
  const declared = await api.allDeclared();
  return { ...chunk, ids: chunk.ids.filter((id) => !declared.has(id)) };
}

/** What is known after one chunk, and why it failed if it did. */
interface ChunkResult extends ObservedState {
  readonly error?: Error;
}

/** Sends one chunk. When the response leaves open whether the API has acted, a list decides. */
async function send(
  api: ScopeApi,
  chunk: Chunk,
  certificates: readonly ListedCertificate[],
): Promise<ChunkResult> {
  try {
    return {
      certificates: withResponse(certificates, await api.changeActivation(chunk)),
      unverified: new Set(),
    };
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const mayHaveActed = !(error instanceof ApiError) || error.failure.mayHaveActed;
    return mayHaveActed
      ? decideByList(api, chunk, certificates, error)
      : { certificates, unverified: new Set(), error };
  }
}

/** The chunk has succeeded when a new list shows all of its certificates in the wanted state. */
async function decideByList(
  api: ScopeApi,
  chunk: Chunk,
  certificates: readonly ListedCertificate[],
  error: Error,
): Promise<ChunkResult> {
  try {
    const known = { certificates: await api.list(), unverified: new Set<string>() };
    return isDone(chunk, known.certificates) ? known : { ...known, error };
  } catch {
    return { certificates, unverified: new Set(chunk.ids), error };
  }
}

function isDone({ action, ids }: Chunk, certificates: readonly ListedCertificate[]): boolean {
  const active = activeIds(certificates);
  return ids.every((id) => active.has(id) === (action === "activate"));
}

/** Whether the calls changed, or may have changed, what is active. */
export function hasChanged(
  before: readonly ListedCertificate[],
  { certificates, unverified }: ObservedState,
): boolean {
  return unverified.size > 0 || activeIds(before).symmetricDifference(activeIds(certificates)).size > 0;
}

/** The state comes from the response, the details from the list: a response may leave them out. */
function withResponse(
  certificates: readonly ListedCertificate[],
  response: readonly ListedCertificate[],
): readonly ListedCertificate[] {
  const byId = new Map(certificates.map((certificate) => [certificate.id, certificate]));
  for (const { id, active, ...details } of response)
    byId.set(id, { id, ...details, ...byId.get(id), active });

  return [...byId.values()];
}

/** The words for a chunk in messages: "activate, chunk 3 of 5". */
export function describeChunk({ action, number, total }: Omit<Chunk, "ids">): string {
  return `${action}, chunk ${number} of ${total}`;
}
