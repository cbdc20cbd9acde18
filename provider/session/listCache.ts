import type { ListedCertificate } from "../api/listedCertificate";

/** Age, in milliseconds, up to which an update uses a list that `check` has loaded. */
export const MAX_LIST_AGE_MS = 5_000;

/** The most recent list of one scope's certificates. */
export class ListCache {
  private cached: { readonly certificates: readonly ListedCertificate[]; readonly at: number } | undefined;
  private generation = 0;

  /** Loads a list and caches it, unless the cache was invalidated while the list was loading. */
  async load(list: () => Promise<readonly ListedCertificate[]>): Promise<readonly ListedCertificate[]> {
    const before = this.generation;
    const certificates = await list();
    if (before === this.generation) this.cached = { certificates, at: performance.now() };
    return certificates;
  }

  /** @returns undefined when there is no recent list, or when it lacks an id: that may have been uploaded since. */
  get(ids: ReadonlySet<string>): readonly ListedCertificate[] | undefined {
    if (!this.cached || performance.now() - this.cached.at > MAX_LIST_AGE_MS) return undefined;
    const listed = new Set(this.cached.certificates.map(({ id }) => id));
    return ids.isSubsetOf(listed) ? this.cached.certificates : undefined;
  }

  invalidate(): void {
    this.generation += 1;
    this.cached = undefined;
  }
}

/**
 * Runs a change of certificates, and invalidates lists before and after it, even if it fails: a list that was loaded
 * before or during the change must not be used after it.
 */
export async function whileChanging<T>(invalidate: () => void, change: () => Promise<T>): Promise<T> {
  invalidate();
  try {
    return await change();
  } finally {
    invalidate();
  }
}
