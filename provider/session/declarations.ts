import type { SharedRun } from "./sharedRun";

/**
 * What the resources of the running program declare in one scope: an id that one of them declares is never deactivated
 * for another. One for each run, because the engine starts new processes for each preview and each update.
 */
export class Declarations {
  private readonly ids = new Set<string>();
  private readonly activatedIds = new Set<string>();
  private readonly deactivatedIds = new Set<string>();
  private readonly announcedIds = new Set<string>();

  /**
   * @param run what other processes of the run declare and change.
   * @param scopeKeys the keys by which every process knows the scope. They may contain secrets.
   */
  constructor(
    private readonly run: SharedRun,
    private readonly scopeKeys: () => readonly string[],
  ) {}

  /** Ids that the resources declare which the engine has checked so far. */
  get declared(): ReadonlySet<string> {
    return this.ids.union(this.run.idsOf(this.scopeKeys()).declared);
  }

  /** Ids that were, or may have been, deactivated in this run and not activated again. */
  get deactivated(): ReadonlySet<string> {
    const elsewhere = this.run.idsOf(this.scopeKeys()).deactivated;
    return this.deactivatedIds.union(elsewhere.difference(this.activatedIds));
  }

  /** Ids of which this process has logged that they will be deactivated. */
  get announced(): ReadonlySet<string> {
    return this.announcedIds;
  }

  declare(ids: Iterable<string>): void {
    const added = [...ids].filter((id) => !this.ids.has(id));
    this.run.report("declare", this.scopeKeys(), added);
    for (const id of added) this.ids.add(id);
  }

  announceDeactivation(ids: Iterable<string>): void {
    for (const id of ids) this.announcedIds.add(id);
  }

  /** Records the change that a call is about to request, regardless of its response. */
  record(action: "activate" | "deactivate", ids: readonly string[]): void {
    this.run.report(action, this.scopeKeys(), ids);
    const [to, from] =
      action === "activate"
        ? [this.activatedIds, this.deactivatedIds]
        : [this.deactivatedIds, this.activatedIds];
    for (const id of ids) {
      to.add(id);
      from.delete(id);
    }
  }
}
