import { Mutex } from "async-mutex";
import { byId } from "../../../provider/activation/state";
import { isUpToDate } from "../../../provider/resource/isUpToDate";
import type { StoredState } from "../../../provider/resource/storedState";
import { newDeclarations } from "./certificateModel";
import type { Call, CertificateModel } from "./certificateModel";
import type { Fault } from "./fault";
import { desiredBy } from "./programs";
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
  readonly stored: ReadonlyMap<string, StoredState | undefined>;
}

/** A stack of activations of one scope, updated in the order in which the engine does it. */
export class StackOfPrograms {
  private readonly resources = new Map<string, StackedResource>();

  constructor(private readonly model: CertificateModel) {}

  /**
   * Checks the resources in order, each immediately unless it depends on the previous one. Updates the changed ones while
   * others are still checked. If nothing failed, deletes the resources that the program no longer declares.
   */
  async up(program: Program, faults: readonly (Fault | undefined)[] = []): Promise<Update> {
    const { model } = this;
    const [before, managedBefore] = [model.active, this.managed];
    const from = model.calls.length;
    model.declarations = newDeclarations();
    model.failing(faults);
    const endings: Ending[] = [];
    const running: Promise<void>[] = [];
    const mutex = new Mutex();
    for (const declaration of program) {
      if (declaration.dependsOnPrevious) await running.at(-1);
      model.declarations.declare(declaration.ids);
      running.push(
        // Resources without dependencies are checked before the first of them is updated.
        Promise.resolve().then(() =>
          mutex.runExclusive(async () => {
            endings.push(await this.update(declaration));
          }),
        ),
      );
    }
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

  async destroy(): Promise<void> {
    this.model.declarations = newDeclarations();
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
    const isCurrent =
      resource.stored &&
      !resource.failed &&
      isUpToDate(resource.stored, inputs, model.declarations.deactivated);
    if (isCurrent) return "success";
    const ending = await resource.up(desired, model.now);
    if (resource.stored) this.resources.set(declaration.name, resource);
    return ending;
  }

  private async deleteOthers(names: ReadonlySet<string>): Promise<readonly Ending[]> {
    const endings: Ending[] = [];
    for (const [name, resource] of [...this.resources].toReversed()) {
      if (names.has(name)) continue;
      const ending = await resource.destroy();
      if (ending === "success") this.resources.delete(name);
      endings.push(ending);
    }
    return endings;
  }
}
