import { byId } from "../../../provider/activation/state";
import { Declarations } from "../../../provider/session/declarations";
import { isUpToDate } from "../../../provider/resource/isUpToDate";
import type { StoredState } from "../../../provider/resource/storedState";
import { Mutex } from "async-mutex";
import type { Call, CertificateModel } from "./certificateModel";
import type { Fault } from "./fault";
import { type Declaration, desiredBy, type Program } from "./programs";
import { type Ending, StackedResource } from "./stackedResource";

/** What can be seen of one update from outside. */
export interface Update {
  readonly calls: readonly Call[];
  readonly failed: boolean;
  /** What is active in the scope. */
  readonly before: ReadonlySet<string>;
  readonly after: ReadonlySet<string>;
  /** The ids that resources had before, and have now. */
  readonly managedBefore: ReadonlySet<string>;
  readonly stored: ReadonlyMap<string, StoredState | undefined>;
}

/** A stack of activations of one scope, updated in the order in which the engine does it. */
export class StackOfPrograms {
  private readonly resources = new Map<string, StackedResource>();

  constructor(private readonly model: CertificateModel) {}

  /**
   * Checks the resources in their order, each at once unless it depends on the one before; updates those that changed
   * while others are still checked; and in the end, if nothing failed, deletes what the program no longer has.
   */
  async up(program: Program, faults: readonly (Fault | undefined)[] = []): Promise<Update> {
    const { model } = this;
    const [before, ownedBefore] = [model.active, this.managed];
    const from = model.calls.length;
    model.declarations = new Declarations();
    model.failing(faults);
    const endings: Ending[] = [];
    const running: Promise<void>[] = [];
    const mutex = new Mutex();
    for (const declaration of program) {
      if (declaration.waits) await running.at(-1);
      model.declarations.declare(declaration.ids);
      running.push(
        // Those that depend on nothing are checked before the first of them is updated.
        Promise.resolve().then(() =>
          mutex.runExclusive(async () => {
            endings.push(await this.update(declaration));
          }),
        ),
      );
    }
    await Promise.all(running);
    const failed = (): boolean => endings.some((ending) => ending !== "whole");
    if (!failed()) endings.push(...(await this.deleteOthers(new Set(program.map(({ name }) => name)))));
    model.failing([]);
    const stored = new Map([...this.resources].map(([name, resource]) => [name, resource.stored]));
    return {
      calls: model.calls.slice(from),
      failed: failed(),
      before,
      after: model.active,
      managedBefore: ownedBefore,
      stored,
    };
  }

  async destroy(): Promise<void> {
    this.model.declarations = new Declarations();
    await this.deleteOthers(new Set());
  }

  get managed(): ReadonlySet<string> {
    return new Set([...this.resources.values()].flatMap(({ managed }) => [...managed]));
  }

  private async update(declaration: Declaration): Promise<Ending> {
    const { model } = this;
    const resource = this.resources.get(declaration.name) ?? new StackedResource(model);
    const desired = desiredBy(declaration);
    const inputs = { ...desired, certificateIds: byId(declaration.ids, "active" as const) };
    const isSettled =
      resource.stored &&
      !resource.failed &&
      isUpToDate(resource.stored, inputs, model.declarations.deactivated);
    if (isSettled) return "whole";
    const ending = await resource.up(desired, model.now);
    if (resource.stored) this.resources.set(declaration.name, resource);
    return ending;
  }

  private async deleteOthers(names: ReadonlySet<string>): Promise<readonly Ending[]> {
    const endings: Ending[] = [];
    for (const [name, resource] of [...this.resources].toReversed()) {
      if (names.has(name)) continue;
      const ending = await resource.destroy();
      if (ending === "whole") this.resources.delete(name);
      endings.push(ending);
    }
    return endings;
  }
}
