import { Mutex } from "async-mutex";
import { byId } from "../../../provider/activation/state";
import { isUpToDate } from "../../../provider/resource/storedActivation";
import type { StoredActivation } from "../../../provider/resource/storedActivation";
import type { Declarations } from "../../../provider/run/declarations";
import type { Call, CertificateModel } from "./certificateModel";
import type { Fault } from "./fault";
import { declarationsOfProcesses } from "./processes";
import { desiredBy, PROVIDERS } from "./programs";
import type { Declaration, Program } from "./programs";
import { StackedResource } from "./stackedResource";
import type { Ending } from "./stackedResource";

/** One update, as far as it is observable from outside. */
export interface Update {
  readonly calls: readonly Call[];
  readonly failed: boolean;
  /** The active certificates of the scope. */
  readonly before: ReadonlySet<string>;
  readonly after: ReadonlySet<string>;
  /** The ids in the state before the update. */
  readonly managedBefore: ReadonlySet<string>;
  readonly stored: ReadonlyMap<string, StoredActivation | undefined>;
}

/** A stack of activations of one scope, updated in the order in which the engine does it. */
export class StackOfPrograms {
  private readonly resources = new Map<string, StackedResource>();
  /** The processes of the current run, by provider. */
  private processes: readonly Declarations[] = [];
  /** The provider of each resource in the state. */
  private readonly providers = new Map<string, number>();

  constructor(private readonly model: CertificateModel) {}

  /**
   * Checks the resources in order and compares each before it checks the next one, unless it depends on the previous one
   * or is registered late. Updates the changed ones while others are still checked. If nothing failed, deletes the
   * resources that the program no longer declares.
   */
  async up(program: Program, faults: readonly (Fault | undefined)[] = []): Promise<Update> {
    const { model } = this;
    const [before, managedBefore] = [model.active, this.managed];
    const from = model.calls.length;
    this.processes = declarationsOfProcesses(PROVIDERS);
    model.failing(faults);
    const endings: Ending[] = [];
    const running: Promise<void>[] = [];
    const mutex = new Mutex();
    let registered = Promise.withResolvers<undefined>();
    model.quiet = async () => registered.promise;
    for (const declaration of program) {
      if (declaration.dependsOnPrevious || declaration.isLate) {
        registered.resolve(undefined);
        await (declaration.isLate ? Promise.all(running) : running.at(-1));
        registered = Promise.withResolvers();
      }
      this.processOf(declaration).declare(declaration.ids);
      if (await this.isCurrent(declaration)) continue;
      running.push(
        mutex.runExclusive(async () => {
          endings.push(await this.update(declaration));
        }),
      );
    }
    registered.resolve(undefined);
    await Promise.all(running);
    const failed = (): boolean => endings.some((ending) => ending !== "success");
    if (!failed()) endings.push(...(await this.deleteOthers(new Set(program.map(({ name }) => name)))));
    model.failing([]);
    const stored = new Map([...this.resources].map(([name, resource]) => [name, resource.stored]));
    return {
      calls: model.calls.slice(from),
      failed: failed(),
      before,
      after: model.active,
      managedBefore,
      stored,
    };
  }

  /** Refreshes all resources at the same time. */
  async refresh(): Promise<void> {
    this.processes = declarationsOfProcesses(PROVIDERS);
    for (const [name, resource] of this.resources) this.enter(name, resource).manage(resource.managed);
    for (const resource of this.resources.values()) await resource.refresh();
  }

  async destroy(): Promise<void> {
    this.processes = declarationsOfProcesses(PROVIDERS);
    await this.deleteOthers(new Set());
  }

  get managed(): ReadonlySet<string> {
    return new Set([...this.resources.values()].flatMap(({ managed }) => [...managed]));
  }

  private processOf({ provider }: Pick<Declaration, "provider">): Declarations {
    const declarations = this.processes[provider];
    if (!declarations) throw new Error(`no process of provider ${provider}`);
    return declarations;
  }

  /** Lets the process of a resource's last provider work on it. */
  private enter(name: string, resource: StackedResource): Declarations {
    const declarations = this.processOf({ provider: this.providers.get(name) ?? 0 });
    resource.scoped = this.model.in(declarations);
    return declarations;
  }

  private async isCurrent(declaration: Declaration): Promise<boolean> {
    const resource = this.resources.get(declaration.name);
    if (!resource?.stored || resource.failed) return false;
    const certificateIds = byId(declaration.ids, "active" as const);
    const inputs = { ...resource.stored, ...desiredBy(declaration), certificateIds };
    const known = await this.processOf(declaration).known();
    this.providers.set(declaration.name, declaration.provider);
    return isUpToDate(resource.stored, inputs, known);
  }

  private async update(declaration: Declaration): Promise<Ending> {
    const scoped = this.model.in(this.processOf(declaration));
    const resource = this.resources.get(declaration.name) ?? new StackedResource(scoped);
    resource.scoped = scoped;
    const ending = await resource.up(desiredBy(declaration), this.model.now);
    this.providers.set(declaration.name, declaration.provider);
    if (resource.stored) this.resources.set(declaration.name, resource);
    return ending;
  }

  private async deleteOthers(names: ReadonlySet<string>): Promise<readonly Ending[]> {
    const endings: Ending[] = [];
    for (const [name, resource] of [...this.resources].toReversed()) {
      if (names.has(name)) continue;
      this.enter(name, resource);
      const ending = await resource.destroy();
      if (ending === "success") this.resources.delete(name);
      endings.push(ending);
    }
    return endings;
  }
}
