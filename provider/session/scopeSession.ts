import type { ListedCertificate } from "../api/schemas";
import { Declarations } from "./declarations";
import { Mutex } from "../shared/mutex";

/** Age, in milliseconds, up to which a list that `check` took is used by the update that follows it. */
export const MAX_LIST_AGE_MS = 5_000;

/** What this process keeps of one scope. */
export class ScopeSession {
  /** Operations in one scope take turns: each decides by what it has listed, which another must not change under it. */
  readonly mutex = new Mutex();
  readonly declarations = new Declarations();
  private cached: { readonly certificates: readonly ListedCertificate[]; readonly at: number } | undefined;
  private generation = 0;

  /** Runs a list and remembers what it says, unless something was changed while it ran. */
  async load(list: () => Promise<readonly ListedCertificate[]>): Promise<readonly ListedCertificate[]> {
    const before = this.generation;
    const certificates = await list();
    if (before === this.generation) this.cached = { certificates, at: performance.now() };
    return certificates;
  }

  /** Runs a change, before and after which nothing that was listed counts. */
  async whileChanging<T>(change: () => Promise<T>): Promise<T> {
    this.invalidate();
    try {
      return await change();
    } finally {
      this.invalidate();
    }
  }

  /** What was listed last, unless it is old, was forgotten, or lacks one of the ids (uploaded since, perhaps). */
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
