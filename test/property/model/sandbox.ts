import type { Desired } from "../../../provider/activation/plan";
import type { CertificateModel } from "./certificateModel";
import type { Command, DesiredSet, Faults, Sequence } from "./commands";
import { fleet, NEW_DAYS } from "./fleet";
import { StackedResource } from "./stackedResource";
import type { Transition } from "./transition";

const NOTHING: Desired = { ids: new Set(), exclusive: false, enforcementChange: "warn" };

/** One resource and its scope, to which a sequence of commands is applied. */
class Sandbox {
  private readonly model: CertificateModel;
  private readonly resource: StackedResource;
  private activatedHere: ReadonlySet<string> = new Set();

  constructor(
    active: readonly string[],
    private desiredSet: DesiredSet,
  ) {
    this.model = fleet(active);
    this.resource = new StackedResource(this.model);
  }

  /** @returns the transition of an operation on the resource; undefined for out-of-band changes. */
  async execute(command: Command): Promise<Transition | undefined> {
    switch (command.kind) {
      case "up":
        this.desiredSet = command.desiredSet ?? this.desiredSet;
        return this.operate("up", this.desired(), command.faults);
      case "refresh":
        return this.operate("refresh", NOTHING, command.faults);
      case "destroy": {
        const { enforcementChange } = this.resource.stored ?? NOTHING;
        return this.operate("destroy", { ...NOTHING, enforcementChange }, command.faults);
      }
      case "out of band":
        this.changeOutOfBand(command);
        return undefined;
      case "days pass":
        this.model.now += command.days * 86_400;
        return undefined;
    }
  }

  private desired(): Desired {
    const { ids, isPossible, ...policies } = this.desiredSet;
    return { ...policies, ids: isPossible ? ids.difference(this.impossible(ids)) : ids };
  }

  private impossible(ids: ReadonlySet<string>): ReadonlySet<string> {
    const missing = [...ids.difference(this.model.active)];
    return new Set(missing.filter((id) => this.model.rejectionCode("activate", id) !== undefined));
  }

  private changeOutOfBand({ action, ids }: Extract<Command, { readonly kind: "out of band" }>): void {
    if (action === "activate" || action === "deactivate") this.model.changeOutOfBand(action, ids);
    if (action === "delete") this.model.remove(ids);
    if (action === "upload")
      for (const id of ids) if (!this.model.has(id)) this.model.upload(id, { days: NEW_DAYS });

    this.activatedHere = this.activatedHere.intersection(this.model.active);
  }

  private async operate(
    operation: Transition["operation"],
    desired: Desired,
    faults: Faults,
  ): Promise<Transition> {
    const { model, resource } = this;
    const [before, managed, storedBefore] = [model.active, resource.managed, resource.stored];
    const impossible = this.impossible(desired.ids);
    const from = model.calls.length;
    model.failing(faults);
    const ending = await this.run(operation, desired);
    model.failing([]);
    const calls = model.calls.slice(from);
    const activations = calls.map((call) => call.after.difference(call.before));
    const activated = activations.reduce((all, some) => all.union(some), this.activatedHere);
    this.activatedHere = activated.intersection(model.active);
    const after = { after: model.active, stored: resource.stored, state: resource.state };
    return {
      ...{ operation, desired, managed, ending, calls, before, impossible, storedBefore },
      ...{ ...after, activatedHere: this.activatedHere },
    };
  }

  private run(operation: Transition["operation"], desired: Desired): Promise<Transition["ending"]> {
    switch (operation) {
      case "up":
        return this.resource.up(desired, this.model.now);
      case "refresh":
        return this.resource.refresh();
      case "destroy":
        return this.resource.destroy();
    }
  }
}

/** Runs a sequence, then two more updates without faults, of which the second has nothing to do. */
export async function* transitions({ active, desiredSet, commands }: Sequence): AsyncGenerator<Transition> {
  const sandbox = new Sandbox(active, desiredSet);
  const withoutFaults: Command = { kind: "up", desiredSet: undefined, faults: [] };
  for (const command of [...commands, withoutFaults, withoutFaults]) {
    const transition = await sandbox.execute(command);
    if (transition) yield transition;
  }
}
