import type { Desired } from "../../../provider/activation/plan";
import { deactivateManaged, readScope, reconcileScope } from "../../../provider/activation/reconcileScope";
import type { ReconcileResult } from "../../../provider/activation/reconcileScope";
import type { ScopeApi } from "../../../provider/activation/scopeApi";
import type { ActivationState } from "../../../provider/activation/state";
import { ApiError } from "../../../provider/api/errors/apiError";
import { managedIds, parseStoredActivation, unmanagedIds } from "../../../provider/resource/storedActivation";
import type { StoredActivation } from "../../../provider/resource/storedActivation";
import { UserError } from "../../../provider/shared/userError";

/**
 * How an operation ended.
 * - `success`: the desired set is active.
 * - `partial failure`: it failed, and the state reflects what was changed.
 * - `failure`: it failed without a change, and the state stayed as it was.
 */
export type Ending = "success" | "partial failure" | "failure";

/** The policies that the model varies. */
type Policies = Pick<Desired, "exclusive" | "enforcementChange">;

/** A resource in a stack, whose state passes through operations as in the provider and the engine. */
export class StackedResource {
  /** The engine's state as the provider parses it; absent before the first create and after a delete. */
  stored: StoredActivation | undefined;
  /** The result of the last operation that stored a state, before the engine serialized it. */
  state: ActivationState | undefined;
  /** Whether the last update failed partially, so that the engine repeats it although the inputs did not change. */
  failed = false;

  /** @param scoped the scope, in the process that is responsible for the resource in the current run. */
  constructor(public scoped: ScopeApi) {}

  get managed(): ReadonlySet<string> {
    return this.stored ? managedIds(this.stored) : new Set();
  }

  /** Creates the resource, or updates it. @param now Unix seconds. */
  async up(desired: Desired, now: number): Promise<Ending> {
    const applied = await unlessItFails(reconcileScope(this.scoped, desired, this.managed, now * 1000));
    if (!applied) return "failure";
    return this.keep(applied, desired);
  }

  async refresh(): Promise<Ending> {
    if (!this.stored) return "success";
    const read = await unlessItFails(
      readScope(this.scoped, this.managed, this.stored, unmanagedIds(this.stored)),
    );
    return read ? this.keep({ state: read.state }, this.stored) : "failure";
  }

  /** Deletes the resource. The engine stores no partial state of a delete. */
  async destroy(): Promise<Ending> {
    if (!this.stored) return "success";
    const policy = this.stored.enforcementChange;
    const removal = deactivateManaged(this.scoped, this.managed, policy).then(() => true);
    if (!(await unlessItFails(removal))) return "failure";
    this.stored = undefined;
    this.state = undefined;
    return "success";
  }

  private keep({ state, failure }: ReconcileResult, policies: Policies): Ending {
    if (failure && !failure.changedAnything) return "failure";
    this.state = state;
    this.failed = failure !== undefined;
    this.stored = parseStoredActivation(JSON.parse(JSON.stringify({ ...policies, ...state })));
    return failure ? "partial failure" : "success";
  }
}

/** @returns undefined for a failure that is reported to the user; any other error is a defect. */
async function unlessItFails<T>(operation: Promise<T>): Promise<T | undefined> {
  try {
    return await operation;
  } catch (error) {
    if (error instanceof UserError || error instanceof ApiError) return undefined;
    throw error;
  }
}
