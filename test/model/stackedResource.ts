import { type Applied, applyDesired, observe, removeOwned } from "../../provider/activation/apply";
import { type Desired } from "../../provider/activation/plan";
import { type ScopedCertificates } from "../../provider/activation/scopedCertificates";
import { type ActivationState } from "../../provider/activation/state";
import { ApiError } from "../../provider/api/errors";
import {
  declaredElsewhere,
  ownedIds,
  parseStoredState,
  type StoredState,
} from "../../provider/dynamic/storedState";
import { ExplainedError } from "../../provider/explainedError";

/**
 * How an operation ended.
 * - `whole`: as asked.
 * - `halfway`: it failed, and the state says what was changed.
 * - `not at all`: it failed, and the state stayed as it was.
 */
export type Ending = "whole" | "halfway" | "not at all";

/** A resource in a stack, with its state threaded through operations as the provider and the engine do. */
export class StackedResource {
  /** What the engine keeps, read as the provider reads it; absent before the first create and after a delete. */
  stored: StoredState | undefined;
  /** What the last operation that stored a state found out, before the engine had it. */
  state: ActivationState | undefined;
  /** Whether the last update failed halfway, so that the engine repeats it although nothing has changed. */
  failed = false;

  constructor(private readonly scoped: ScopedCertificates) {}

  get owned(): ReadonlySet<string> {
    return this.stored ? ownedIds(this.stored) : new Set();
  }

  /** Creates the resource, or updates it. @param now Unix seconds. */
  async up(desired: Desired, now: number): Promise<Ending> {
    const applied = await unlessItFails(applyDesired(this.scoped, desired, this.owned, now * 1000));
    if (!applied) return "not at all";
    return this.keep(applied);
  }

  async refresh(): Promise<Ending> {
    if (!this.stored) return "whole";
    const state = await unlessItFails(
      observe(this.scoped, this.owned, this.stored, declaredElsewhere(this.stored)),
    );
    return state ? this.keep({ state }) : "not at all";
  }

  /** Deletes the resource. The engine keeps no partial state of a delete. */
  async destroy(): Promise<Ending> {
    if (!this.stored) return "whole";
    const policy = this.stored.enforcementChange;
    const removal = removeOwned(this.scoped, this.owned, policy).then(() => true);
    if (!(await unlessItFails(removal))) return "not at all";
    this.stored = undefined;
    this.state = undefined;
    return "whole";
  }

  private keep({ state, failure }: Applied): Ending {
    if (failure && !failure.changedAnything) return "not at all";
    this.state = state;
    this.failed = failure !== undefined;
    this.stored = parseStoredState(JSON.parse(JSON.stringify(state)));
    return failure ? "halfway" : "whole";
  }
}

/** @returns undefined for a failure that a person is told of; any other is a defect. */
async function unlessItFails<T>(operation: Promise<T>): Promise<T | undefined> {
  try {
    return await operation;
  } catch (error) {
    if (error instanceof ExplainedError || error instanceof ApiError) return undefined;
    throw error;
  }
}
