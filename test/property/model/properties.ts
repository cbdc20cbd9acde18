import { byId, type UnmanagedById } from "../../../provider/activation/state";
import { type Call } from "./certificateModel";
import { type Transition, mustBeRejected, target, unknowable } from "./transition";
import { isExecutedUnder, isPlainRejection } from "./fault";

type Ids = ReadonlySet<string>;

/** What holds of each operation, whatever happened before it and however it ended. */
const PROPERTIES: Readonly<Record<string, (transition: Transition) => boolean>> = {
  "what is wanted and was active is active all the time": ({ desired, before, calls }) =>
    calls.every(({ after }) => desired.ids.intersection(before).isSubsetOf(after)),

  "enforcement never drops in a rotation": ({ desired, before, calls }) =>
    before.size === 0 || desired.ids.size === 0 || calls.every(({ after }) => after.size > 0),

  "without a failure, what is asked is reached exactly, or refused without a change": (transition) => {
    const { calls, ending, before, after } = transition;
    if (faultsOf(calls).length > 0) return true;
    return mustBeRejected(transition)
      ? ending === "not at all" && equal(after, before)
      : ending === "whole" && equal(after, target(transition));
  },

  "when every call was executed and every list was readable, the operation succeeds": (transition) => {
    const { calls, ending, after } = transition;
    const isHarmless = ({ what, fault }: Call): boolean =>
      fault === undefined || (isExecutedUnder(fault) && (what === "activate" || what === "deactivate"));
    if (!calls.every(isHarmless) || mustBeRejected(transition)) return true;
    return ending === "whole" && equal(after, target(transition));
  },

  "there are one to ten ids in a call, each once": ({ calls }) =>
    activationCalls(calls).every(
      ({ ids }) => ids.length >= 1 && ids.length <= 10 && new Set(ids).size === ids.length,
    ),

  "each call is about ids that are to change, and have not changed yet": (transition) => {
    const wanted = target(transition);
    return activationCalls(transition.calls).every(({ what, ids, before }) =>
      new Set(ids).isSubsetOf(what === "activate" ? wanted.difference(before) : before.difference(wanted)),
    );
  },

  "an operation that says it changed nothing has changed nothing": ({ operation, ending, before, after }) =>
    operation === "destroy" || ending !== "not at all" || equal(before, after),

  "a state is kept of a failure only when something has changed, or may have": (transition) =>
    transition.ending !== "halfway" ||
    !equal(transition.before, transition.after) ||
    unknowable(transition).size > 0,

  "what is stored says exactly what is active, and what cannot be known": (transition) => {
    const { operation, desired, managed, ending, after, state, stored } = transition;
    if (!stored || !state || operation === "destroy" || ending === "not at all") return true;
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

  "what this resource activated is in its state until it is deactivated": ({ activatedHere, stored }) =>
    activatedHere.isSubsetOf(new Set(Object.keys(stored?.certificateIds ?? {}))),

  "it takes one list, a call for each ten ids, and one more list after each lost response": (transition) => {
    const { operation, before, managed, storedBefore, calls } = transition;
    if (operation !== "up" && !storedBefore) return calls.length === 0;
    if (operation === "destroy" && managed.size === 0) return calls.length === 0;
    const wanted = target(transition);
    const budget = 1 + tens(wanted.difference(before)) + tens(before.difference(wanted));
    const faults = faultsOf(activationCalls(calls));
    if (faultsOf(calls).length === 0) return calls.length === (mustBeRejected(transition) ? 1 : budget);
    return calls.length <= budget + (faults.every(isPlainRejection) ? 0 : 1);
  },
};

/** The properties that an operation breaks. */
export function broken(transition: Transition): readonly string[] {
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
