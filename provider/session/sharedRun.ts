import { warnOnce } from "../shared/log";
import { isRunning, RunJournal } from "./runJournal";
import type { CheckEvent, IdsEvent, ReportedEvent } from "./runJournal";

/** What other processes declare and change in a scope. */
export interface IdsElsewhere {
  readonly declared: ReadonlySet<string>;
  /** Deactivated and not activated again. */
  readonly deactivated: ReadonlySet<string>;
}

/** The checks of other processes. */
export interface ChecksElsewhere {
  readonly running: number;
  /** When this process saw that one had started or ended, by `performance.now()`. */
  readonly lastSeenAt: number;
}

/** Exchanges declared ids, changes and checks with the other provider processes of the same run of the engine. */
export class SharedRun {
  private journal: RunJournal | undefined;
  private others: readonly ReportedEvent[] = [];
  private lastCheckSeenAt = -Infinity;

  /** @param engineAddress the address of the engine. Until this is called, the process is on its own. */
  join(engineAddress: string): void {
    if (this.journal) return;
    try {
      this.journal = new RunJournal(engineAddress);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      warnOnce(
        `cannot share declared ids with other provider processes: ${reason}. Do not move ids between resources of ` +
          "different providers or plugin versions in one update.",
      );
    }
  }

  /** Leaves the run, and forgets what others reported. */
  leave(): void {
    this.journal?.close();
    this.journal = undefined;
    this.others = [];
    this.lastCheckSeenAt = -Infinity;
  }

  report(type: IdsEvent["type"], scopeKeys: readonly string[], ids: readonly string[]): void {
    const { journal } = this;
    if (ids.length > 0) journal?.append({ type, scopes: scopeKeys.map((key) => journal.digest(key)), ids });
  }

  reportCheck(type: CheckEvent["type"]): void {
    this.journal?.append({ type });
  }

  idsOf(scopeKeys: readonly string[]): IdsElsewhere {
    const events = this.events();
    const scopes = new Set(events.length === 0 ? [] : scopeKeys.map((key) => this.journal?.digest(key)));
    const [declared, deactivated] = [new Set<string>(), new Set<string>()];
    for (const event of events) {
      if (!("ids" in event) || !event.scopes.some((scope) => scopes.has(scope))) continue;
      for (const id of event.ids) {
        if (event.type === "declare") declared.add(id);
        else if (event.type === "deactivate") deactivated.add(id);
        else deactivated.delete(id);
      }
    }
    return { declared, deactivated };
  }

  checks(): ChecksElsewhere {
    const types = this.events().map(({ type }) => type);
    const count = (wanted: CheckEvent["type"]): number => types.filter((type) => type === wanted).length;
    return {
      running: count("check started") - count("check ended"),
      lastSeenAt: this.lastCheckSeenAt,
    };
  }

  /** What other processes that still run have reported so far. */
  private events(): readonly ReportedEvent[] {
    const events = this.journal?.newEvents() ?? [];
    if (events.some((event) => !("ids" in event))) this.lastCheckSeenAt = performance.now();
    const all = [...this.others, ...events];
    const running = new Set([...new Set(all.map(({ pid }) => pid))].filter(isRunning));
    this.others = all.filter(({ pid }) => running.has(pid));
    return this.others;
  }
}
