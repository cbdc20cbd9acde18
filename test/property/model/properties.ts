import { byId, type UnmanagedById } from "../../../provider/activation/state";
import { type Call } from "./certificateModel";
import { type Transition, isToBeRefused, target, unknowable } from "./transition";
import { actsUnder, isPlainRefusal } from "./fault";

type Ids = ReadonlySet<string>;

/** What holds of each operation, whatever happened before it and however it ended. */
const PROPERTIES: Readonly<Record<string, (episode: Transition) => boolean>> = {
  "what is wanted and was active is active all the time": ({ desired, before, calls }) =>
    calls.every(({ after }) => desired.ids.intersection(before).isSubsetOf(after)),

  "enforcement never drops in a rotation": ({ desired, before, calls }) =>
    before.size === 0 || desired.ids.size === 0 || calls.every(({ after }) => after.size > 0),

  "without a failure, what is asked is reached exactly, or refused without a change": (episode) => {
    const { calls, ending, before, after } = episode;
    if (faultsOf(calls).length > 0) return true;
    return isToBeRefused(episode)
      ? ending === "not at all" && equal(after, before)
      : ending === "whole" && equal(after, target(episode));
  },

  "when every call was executed and every list was readable, the operation succeeds": (episode) => {
    const { calls, ending, after } = episode;
    const isHarmless = ({ what, fault }: Call): boolean =>
      fault === undefined || (actsUnder(fault) && (what === "activate" || what === "deactivate"));
    if (!calls.every(isHarmless) || isToBeRefused(episode)) return true;
    return ending === "whole" && equal(after, target(episode));
  },

  "there are one to ten ids in a call, each once": ({ calls }) =>
    togglesOf(calls).every(
      ({ ids }) => ids.length >= 1 && ids.length <= 10 && new Set(ids).size === ids.length,
    ),

  "each call is about ids that are to change, and have not changed yet": (episode) => {
    const wanted = target(episode);
    return togglesOf(episode.calls).every(({ what, ids, before }) =>
      new Set(ids).isSubsetOf(what === "activate" ? wanted.difference(before) : before.difference(wanted)),
    );
  },

  "an operation that says it changed nothing has changed nothing": ({ operation, ending, before, after }) =>
    operation === "destroy" || ending !== "not at all" || equal(before, after),

  "a state is kept of a failure only when something has changed, or may have": (episode) =>
    episode.ending !== "halfway" || !equal(episode.before, episode.after) || unknowable(episode).size > 0,

  "what is stored says exactly what is active, and what cannot be known": (episode) => {
    const { operation, desired, managed, ending, after, state, stored } = episode;
    if (!stored || !state || operation === "destroy" || ending === "not at all") return true;
    const lost = unknowable(episode);
    const known = after.difference(lost);
    const claimed = managed.union(desired.ids);
    return (
      says(stored.certificateIds, known.intersection(claimed), lost.intersection(claimed)) &&
      says(stored.unmanagedActiveCertificateIds, known.difference(claimed), lost.difference(claimed)) &&
      equal(new Set(Object.keys(stored.certificates)), known.intersection(claimed)) &&
      state.enforced === (known.size > 0 || (lost.size > 0 ? undefined : false))
    );
  },

  "what this resource activated is in its state until it is deactivated": ({ activatedHere, stored }) =>
    activatedHere.isSubsetOf(new Set(Object.keys(stored?.certificateIds ?? {}))),

  "it takes one list, a call for each ten ids, and one more list after each lost response": (episode) => {
    const { operation, before, managed, storedBefore, calls } = episode;
    if (operation !== "up" && !storedBefore) return calls.length === 0;
    if (operation === "destroy" && managed.size === 0) return calls.length === 0;
    const wanted = target(episode);
    const budget = 1 + tens(wanted.difference(before)) + tens(before.difference(wanted));
    const faults = faultsOf(togglesOf(calls));
    if (faultsOf(calls).length === 0) return calls.length === (isToBeRefused(episode) ? 1 : budget);
    return calls.length <= budget + (faults.every(isPlainRefusal) ? 0 : 1);
  },
};

/** The properties that an operation breaks. */
export function broken(episode: Transition): readonly string[] {
  return Object.entries(PROPERTIES).flatMap(([name, holds]) => (holds(episode) ? [] : [name]));
}

function togglesOf(calls: readonly Call[]): readonly Call[] {
  return calls.filter(({ what }) => what === "activate" || what === "deactivate");
}

const faultsOf = (calls: readonly Call[]) => calls.flatMap(({ fault }) => fault ?? []);

const tens = (ids: Ids) => Math.ceil(ids.size / 10);

const equal = (one: Ids, other: Ids) => one.symmetricDifference(other).size === 0;

function says(stored: UnmanagedById | undefined, active: Ids, unverified: Ids): boolean {
  const expected: UnmanagedById = { ...byId(active, "active"), ...byId(unverified, "unverified") };
  const given = Object.entries(stored ?? {});
  return given.length === Object.keys(expected).length && given.every(([id, is]) => expected[id] === is);
}
