import {
  type ReconcileResult,
  reconcileScope,
  readScope,
  deactivateManaged,
} from "../../../provider/activation/reconcileScope";
import { type Desired } from "../../../provider/activation/plan";
import { type ScopeOperations } from "../../../provider/activation/scopeOperations";
import { type ActivationState } from "../../../provider/activation/state";
import { ApiError } from "../../../provider/api/errors/apiError";
import {
  declaredElsewhere,
  managedIds,
  parseStoredState,
  type StoredState,
} from "../../../provider/resource/storedState";
import { UserError } from "../../../provider/shared/userError";

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

  constructor(private readonly scoped: ScopeOperations) {}

  get managed(): ReadonlySet<string> {
    return this.stored ? managedIds(this.stored) : new Set();
  }

  /** Creates the resource, or updates it. @param now Unix seconds. */
  async up(desired: Desired, now: number): Promise<Ending> {
    const applied = await unlessItFails(reconcileScope(this.scoped, desired, this.managed, now * 1000));
    if (!applied) return "not at all";
    return this.keep(applied);
  }

  async refresh(): Promise<Ending> {
    if (!this.stored) return "whole";
    const state = await unlessItFails(
      readScope(this.scoped, this.managed, this.stored, declaredElsewhere(this.stored)),
    );
    return state ? this.keep({ state }) : "not at all";
  }

  /** Deletes the resource. The engine keeps no partial state of a delete. */
  async destroy(): Promise<Ending> {
    if (!this.stored) return "whole";
    const policy = this.stored.enforcementChange;
    const removal = deactivateManaged(this.scoped, this.managed, policy).then(() => true);
    if (!(await unlessItFails(removal))) return "not at all";
    this.stored = undefined;
    this.state = undefined;
    return "whole";
  }

  private keep({ state, failure }: ReconcileResult): Ending {
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
    if (error instanceof UserError || error instanceof ApiError) return undefined;
    throw error;
  }
}
