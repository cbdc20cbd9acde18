import type { Desired } from "../../../provider/activation/plan";
import type { ActivationState } from "../../../provider/activation/state";
import type { StoredActivation } from "../../../provider/resource/storedActivation";
import type { Call } from "./certificateModel";
import { isPlainRejection } from "./fault";
import type { Ending } from "./stackedResource";

/** One operation on the resource, with everything that is observable from outside. */
export interface Transition {
  readonly operation: "up" | "refresh" | "destroy";
  /** The desired set of an `up`; a refresh and a delete have no ids. */
  readonly desired: Desired;
  /** The ids in the state before it. */
  readonly managed: ReadonlySet<string>;
  readonly ending: Ending;
  readonly calls: readonly Call[];
  /** The active certificates of the scope. */
  readonly before: ReadonlySet<string>;
  readonly after: ReadonlySet<string>;
  /** Desired ids that the API would not activate. */
  readonly impossible: ReadonlySet<string>;
  readonly storedBefore: StoredActivation | undefined;
  readonly stored: StoredActivation | undefined;
  readonly state: ActivationState | undefined;
  /** Active ids that this resource activated and that were not deactivated since. */
  readonly activatedHere: ReadonlySet<string>;
}

/** The certificates that must be active in the scope after the operation, if it succeeds. */
export function target({ operation, desired, managed, before }: Transition): ReadonlySet<string> {
  switch (operation) {
    case "up":
      return desired.ids.union(desired.exclusive ? new Set() : before.difference(managed));
    case "destroy":
      return before.difference(managed);
    case "refresh":
      return before;
  }
}

/** Whether the operation must be rejected before any change. */
export function mustBeRejected(transition: Transition): boolean {
  const { desired, impossible, before } = transition;
  const switchesEnforcement = before.size > 0 !== target(transition).size > 0;
  return impossible.size > 0 || (desired.enforcementChange === "refuse" && switchesEnforcement);
}

/** The ids that may or may not be active: the response was lost, and so was the list that followed. */
export function unknowable({ calls }: Transition): ReadonlySet<string> {
  const [failed, refetch] = calls.slice(-2);
  const isLost = failed?.fault !== undefined && !isPlainRejection(failed.fault);
  const isActivationCall = failed?.what === "activate" || failed?.what === "deactivate";
  return new Set(isLost && isActivationCall && refetch?.fault !== undefined ? failed.ids : []);
}
