import type { ActivationAction } from "../api/certificates";
import type { DeclaredClient } from "./declaredClients";
import type { UnknownIds } from "./facts";
import { machineClock } from "./machineClock";
import type { SharedRun } from "./sharedRun";

/** How processes exchange what they know of scopes. */
export type ScopeExchange = Pick<SharedRun, "addScope" | "othersIn">;

/** What the resources of a run declare and did in one scope so far, in all processes. */
export interface RunIds {
  /** Ids that the resources declare which the engine has checked. */
  readonly declared: ReadonlySet<string>;
  /** Ids of the resources that the engine has read. */
  readonly managed: ReadonlySet<string>;
  /** Ids that were, or may have been, deactivated and not activated again. */
  readonly deactivated: ReadonlySet<string>;
  /** Ids that a preview has listed as deactivated because a set is exclusive. */
  readonly announcedSurplus: ReadonlySet<string>;
  /** What the ids stand for that the resources declare in addition, and that are known only in the update. */
  readonly unknown: UnknownIds;
  /** The clients that the resources declare, those of projects included. Only the organization's declarations have them. */
  readonly clients: readonly DeclaredClient[];
  /** What the process of a Node.js program tells, also of resources that the engine has not checked yet. */
  readonly program?: ProgramIds;
}

/** What a program declares in a scope, in any connection. With `--target`, the engine ignores some of it. */
export interface ProgramIds {
  readonly declared: ReadonlySet<string>;
  /** Whether all ids are known that the program has declared so far. */
  readonly isComplete: boolean;
}

/** A certificate that an update deactivates. */
interface AnnouncedDeactivation {
  readonly certificate: { readonly id: string };
  /** Whether it is deactivated only because a set is exclusive. */
  readonly isUnmanaged: boolean;
}

interface RecordedChange {
  readonly id: string;
  readonly action: ActivationAction;
  readonly at: number;
}

/**
 * What the resources of this process declare and did in one scope. One for each run, because the engine starts new
 * processes for each preview and each update.
 */
export class Declarations {
  private readonly declaredIds = new Set<string>();
  private readonly managedIds = new Set<string>();
  private readonly announcedAt = new Map<string, number>();
  private readonly announcedSurplusIds = new Set<string>();
  private unknown: UnknownIds = "none";
  private readonly clients: DeclaredClient[] = [];
  private readonly changes = new Map<string, RecordedChange>();

  /**
   * @param run what other processes of the run declare and change.
   * @param scopeKeys the keys by which every provider process knows the scope. They may contain secrets.
   * @param label by which the process of the program knows the scope.
   */
  constructor(
    private readonly run: ScopeExchange,
    private readonly scopeKeys: () => readonly string[],
    private readonly label: string,
  ) {
    run.addScope(() => ({
      scopeKeys: scopeKeys(),
      declared: [...this.declaredIds],
      managed: [...this.managedIds],
      announcedSurplus: [...this.announcedSurplusIds],
      unknown: this.unknown,
      clients: [...this.clients],
      changes: [...this.changes.values()],
    }));
  }

  /** Ids of which this process has logged that they will be deactivated. @param forMs since how many milliseconds. */
  announced(forMs = 0): ReadonlySet<string> {
    const latest = machineClock() - forMs;
    return new Set([...this.announcedAt].flatMap(([id, at]) => (at <= latest ? [id] : [])));
  }

  /** What is known by now, in this process and in others. */
  async known(): Promise<RunIds> {
    const { scopes: others, program } = await this.run.othersIn(this.scopeKeys(), this.label);
    const changes = [...others.flatMap((facts) => facts.changes), ...this.changes.values()];
    const last = new Map(changes.toSorted((a, b) => a.at - b.at).map((change) => [change.id, change]));
    return {
      declared: this.declaredIds.union(new Set(others.flatMap(({ declared }) => declared))),
      managed: this.managedIds.union(new Set(others.flatMap(({ managed }) => managed))),
      announcedSurplus: this.announcedSurplusIds.union(
        new Set(others.flatMap(({ announcedSurplus }) => announcedSurplus)),
      ),
      unknown: others.reduce((all, { unknown }) => lessKnown(all, unknown), this.unknown),
      clients: [...this.clients, ...others.flatMap(({ clients }) => clients)],
      ...(program && { program }),
      deactivated: new Set(
        [...last.values()].flatMap(({ id, action }) => (action === "deactivate" ? [id] : [])),
      ),
    };
  }

  /**
   * Records the ids that a resource of the program declares.
   * @param unknown what those of its ids stand for that are not known yet.
   */
  declare(ids: Iterable<string>, unknown: UnknownIds = "none"): void {
    for (const id of ids) this.declaredIds.add(id);
    this.unknown = lessKnown(this.unknown, unknown);
  }

  /** Records the clients that a resource of the organization or of one of its projects declares. */
  declareClients(clients: Iterable<DeclaredClient>): void {
    this.clients.push(...clients);
  }

  /** Records the ids of a resource that is read. */
  manage(ids: Iterable<string>): void {
    for (const id of ids) this.managedIds.add(id);
  }

  /** Records that a preview has listed certificates as deactivated. */
  announceDeactivation(deactivations: Iterable<AnnouncedDeactivation>): void {
    for (const { certificate, isUnmanaged } of deactivations) {
      if (!this.announcedAt.has(certificate.id)) this.announcedAt.set(certificate.id, machineClock());
      if (isUnmanaged) this.announcedSurplusIds.add(certificate.id);
    }
  }

  /** Records the change that a call is about to request, regardless of its response. */
  record(action: ActivationAction, ids: readonly string[]): void {
    for (const id of ids) this.changes.set(id, { id, action, at: machineClock() });
  }
}

function lessKnown(one: UnknownIds, other: UnknownIds): UnknownIds {
  if (one === "any" || other === "any") return "any";
  return one === "none" ? other : one;
}
