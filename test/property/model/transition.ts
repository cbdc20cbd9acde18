import { type Desired } from "../../../provider/activation/plan";
import { type ActivationState } from "../../../provider/activation/state";
import { type StoredState } from "../../../provider/resource/storedState";
import { type Call } from "./certificateModel";
import { isPlainRejection } from "./fault";
import { type Ending } from "./stackedResource";

/** One operation on the resource: all that can be seen of it from outside. */
export interface Transition {
  readonly operation: "up" | "refresh" | "destroy";
  /** What is asked for: by an `up`; a refresh and a delete want no ids. */
  readonly desired: Desired;
  /** The ids that the state claimed before. */
  readonly managed: ReadonlySet<string>;
  readonly ending: Ending;
  readonly calls: readonly Call[];
  /** What is really active in the scope. */
  readonly before: ReadonlySet<string>;
  readonly after: ReadonlySet<string>;
  /** Desired ids that the API would have refused to activate. */
  readonly impossible: ReadonlySet<string>;
  readonly storedBefore: StoredState | undefined;
  readonly stored: StoredState | undefined;
  readonly state: ActivationState | undefined;
  /** Active ids that this resource has activated, and nobody deactivated since. */
  readonly activatedHere: ReadonlySet<string>;
}

/** What should be active in the scope after the operation, when nothing keeps it from that. */
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

/** Whether the operation is to be refused for what it asks, before anything is changed. */
export function mustBeRejected(transition: Transition): boolean {
  const { desired, impossible, before } = transition;
  const switchesEnforcement = before.size > 0 !== target(transition).size > 0;
  return impossible.size > 0 || (desired.enforcementChange === "refuse" && switchesEnforcement);
}

/** The ids of which nobody can know whether they are active: the answer was lost, and so was that of the look again. */
export function unknowable({ calls }: Transition): ReadonlySet<string> {
  const [failed, again] = calls.slice(-2);
  const isLost = failed?.fault !== undefined && !isPlainRejection(failed.fault);
  const isActivationCall = failed?.what === "activate" || failed?.what === "deactivate";
  return new Set(isLost && isActivationCall && again?.fault !== undefined ? failed.ids : []);
}
