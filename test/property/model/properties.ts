import { byId } from "../../../provider/activation/state";
import type { UnmanagedById } from "../../../provider/activation/state";
import type { Call } from "./certificateModel";
import { isExecutedUnder, isPlainRejection } from "./fault";
import { mustBeRejected, target, unknowable } from "./transition";
import type { Transition } from "./transition";

type Ids = ReadonlySet<string>;

/** What holds for each operation, whatever happened before it and however it ended. */
const PROPERTIES: Readonly<Record<string, (transition: Transition) => boolean>> = {
  "a desired certificate that was active stays active all the time": ({ desired, before, calls }) =>
    calls.every(({ after }) => desired.ids.intersection(before).isSubsetOf(after)),

  "enforcement never drops in a rotation": ({ desired, before, calls }) =>
    before.size === 0 || desired.ids.size === 0 || calls.every(({ after }) => after.size > 0),

  "without faults, the operation reaches exactly its target, or is rejected without a change": (
    transition,
  ) => {
    const { calls, ending, before, after } = transition;
    if (faultsOf(calls).length > 0) return true;
    return mustBeRejected(transition)
      ? ending === "failure" && equal(after, before)
      : ending === "success" && equal(after, target(transition));
  },

  "when every call was executed and every list was readable, the operation succeeds": (transition) => {
    const { calls, ending, after } = transition;
    const isHarmless = ({ what, fault }: Call): boolean =>
      fault === undefined || (isExecutedUnder(fault) && (what === "activate" || what === "deactivate"));
    if (!calls.every(isHarmless) || mustBeRejected(transition)) return true;
    return ending === "success" && equal(after, target(transition));
  },

  "a call names one to ten ids, each once": ({ calls }) =>
    activationCalls(calls).every(
      ({ ids }) => ids.length >= 1 && ids.length <= 10 && new Set(ids).size === ids.length,
    ),

  "each call names only ids that must change and have not changed yet": (transition) => {
    const targetIds = target(transition);
    return activationCalls(transition.calls).every(({ what, ids, before }) =>
      new Set(ids).isSubsetOf(
        what === "activate" ? targetIds.difference(before) : before.difference(targetIds),
      ),
    );
  },

  "an operation that reports no change has changed nothing": ({ operation, ending, before, after }) =>
    operation === "destroy" || ending !== "failure" || equal(before, after),

  "a failure updates the state only if something has changed or may have changed": (transition) =>
    transition.ending !== "partial failure" ||
    !equal(transition.before, transition.after) ||
    unknowable(transition).size > 0,

  "the state holds exactly the active certificates and those whose activation is unknown": (transition) => {
    const { operation, desired, managed, ending, after, state, stored } = transition;
    if (!stored || !state || operation === "destroy" || ending === "failure") return true;
    const lost = unknowable(transition);
    const known = after.difference(lost);
    const managedNow = managed.union(desired.ids);
    return (
      records(stored.certificateIds, known.intersection(managedNow), lost.intersection(managedNow)) &&
      records(
        stored.unmanagedActiveCertificateIds,
        known.difference(managedNow),
        lost.difference(managedNow),
      ) &&
      equal(new Set(Object.keys(stored.certificates)), known.intersection(managedNow)) &&
      state.enforced === (known.size > 0 || (lost.size > 0 ? undefined : false))
    );
  },

  "a certificate that this resource activated is in its state until it is deactivated": ({
    activatedHere,
    stored,
  }) => activatedHere.isSubsetOf(new Set(Object.keys(stored?.certificateIds ?? {}))),

  "an operation needs one list, a call for each ten ids, and one more list after each lost response": (
    transition,
  ) => {
    const { operation, before, managed, storedBefore, calls } = transition;
    if (operation !== "up" && !storedBefore) return calls.length === 0;
    if (operation === "destroy" && managed.size === 0) return calls.length === 0;
    const targetIds = target(transition);
    const budget = 1 + tens(targetIds.difference(before)) + tens(before.difference(targetIds));
    const faults = faultsOf(activationCalls(calls));
    if (faultsOf(calls).length === 0) return calls.length === (mustBeRejected(transition) ? 1 : budget);
    return calls.length <= budget + (faults.every(isPlainRejection) ? 0 : 1);
  },
};

/** The properties that an operation violates. */
export function violatedProperties(transition: Transition): readonly string[] {
  return Object.entries(PROPERTIES).flatMap(([name, holds]) => (holds(transition) ? [] : [name]));
}

function activationCalls(calls: readonly Call[]): readonly Call[] {
  return calls.filter(({ what }) => what === "activate" || what === "deactivate");
}

const faultsOf = (calls: readonly Call[]) => calls.flatMap(({ fault }) => fault ?? []);

const tens = (ids: Ids) => Math.ceil(ids.size / 10);

const equal = (one: Ids, other: Ids) => one.symmetricDifference(other).size === 0;

function records(stored: UnmanagedById | undefined, active: Ids, unverified: Ids): boolean {
  const expected: UnmanagedById = { ...byId(active, "active"), ...byId(unverified, "unverified") };
  const given = Object.entries(stored ?? {});
  return given.length === Object.keys(expected).length && given.every(([id, is]) => expected[id] === is);
}
