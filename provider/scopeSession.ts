import type { ListedCertificate } from "./api/shapes";
import { Declarations } from "./declarations";
import { Turns } from "./turns";

/** Age, in milliseconds, up to which a list that `check` took is used by the update that follows it. */
export const RECENT_MS = 5_000;

/** What this process keeps of one scope. */
export class ScopeSession {
  /** Operations in one scope take turns: each decides by what it has listed, which another must not change under it. */
  readonly turns = new Turns();
  readonly declarations = new Declarations();
  private seen: { readonly certificates: readonly ListedCertificate[]; readonly at: number } | undefined;
  private changes = 0;

  /** Runs a list and remembers what it says, unless something was changed while it ran. */
  async remembering(
    list: () => Promise<readonly ListedCertificate[]>,
  ): Promise<readonly ListedCertificate[]> {
    const before = this.changes;
    const certificates = await list();
    if (before === this.changes) this.seen = { certificates, at: performance.now() };
    return certificates;
  }

  /** Runs a change, before and after which nothing that was listed counts. */
  async changing<T>(change: () => Promise<T>): Promise<T> {
    this.forget();
    try {
      return await change();
    } finally {
      this.forget();
    }
  }

  /** What was listed last, unless it is old, was forgotten, or lacks one of the ids (uploaded since, perhaps). */
  recall(ids: ReadonlySet<string>): readonly ListedCertificate[] | undefined {
    if (!this.seen || performance.now() - this.seen.at > RECENT_MS) return undefined;
    const listed = new Set(this.seen.certificates.map(({ id }) => id));
    return ids.isSubsetOf(listed) ? this.seen.certificates : undefined;
  }

  forget(): void {
    this.changes += 1;
    this.seen = undefined;
  }
}
