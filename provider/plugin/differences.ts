import { isDeepStrictEqual } from "node:util";
import { POLICY_NAMES } from "../resource/policies";
import type { Properties } from "../resource/resource";
import { UNKNOWN } from "../resource/resource";
import { idsOf } from "../resource/setShapes";
import { isObject } from "../shared/isObject";
import { isFromDynamicResource, toListedState, toMaps } from "./shapes";

/** How a property differs: the names of `PropertyDiff.Kind`. */
export type DifferenceKind = "ADD" | "DELETE" | "UPDATE" | "UPDATE_REPLACE";

/** What `pulumi preview --diff` shows: paths of properties. */
export type Differences = ReadonlyMap<string, DifferenceKind>;

type Entry = readonly [path: string, kind: DifferenceKind];

/**
 * What an update changes of an activation.
 * @param olds the state, in either shape.
 * @param news checked inputs.
 * @param surplus unmanaged ids that an exclusive set deactivates.
 */
export function activationDifferences(
  olds: Properties,
  news: Properties,
  surplus: ReadonlySet<string>,
): Differences {
  const before = toListedState(toMaps(olds));
  return new Map([
    ...changedValues(
      before,
      news,
      POLICY_NAMES.filter((name) => name !== "clients"),
      "UPDATE",
    ),
    ...changedClients(before["clients"], news["clients"]),
    ...changedValues(before, news, ["projectId"], "UPDATE_REPLACE"),
    ...changedSet(before, news["certificateIds"], isFromDynamicResource(olds)),
    ...leavingOthers(before, news, surplus),
  ]);
}

/** What an update changes of a certificate. */
export function certificateDifferences(olds: Properties, news: Properties): Differences {
  const names = news["name"] === undefined ? [] : ["name"];
  return new Map([
    ...changedValues(olds, news, ["certificate"], "UPDATE_REPLACE"),
    ...changedValues(olds, news, names, "UPDATE"),
  ]);
}

/**
 * What to show of two lists that are sets, so that each id that leaves or comes is shown once, and no other.
 *
 * The engine reads the value at a path from the old list for DELETE, and from the new one for ADD. A path has one kind
 * only, so where an id leaves and another one comes at the same position, UPDATE shows both.
 */
export function listDifferences(
  name: string,
  before: readonly string[],
  after: readonly string[],
): Differences {
  const [old, current] = [new Set(before), new Set(after)];
  const at = (index: number): string => `${name}[${index}]`;
  const leaving = before.flatMap((id, index) => (current.has(id) ? [] : [at(index)]));
  const coming = after.flatMap((id, index) => (old.has(id) ? [] : [at(index)]));
  const both = new Set(leaving).intersection(new Set(coming));
  const kindOf = (path: string, kind: DifferenceKind): Entry => [path, both.has(path) ? "UPDATE" : kind];
  return new Map([
    ...leaving.map((path) => kindOf(path, "DELETE")),
    ...coming.map((path) => kindOf(path, "ADD")),
  ]);
}

function changedValues(
  olds: Properties,
  news: Properties,
  names: readonly string[],
  kind: DifferenceKind,
): readonly Entry[] {
  return names.flatMap((name) => (isDeepStrictEqual(olds[name], news[name]) ? [] : [[name, kind] as const]));
}

/** Each client by its name: the engine shows its certificates before and after. */
function changedClients(before: unknown, after: unknown): readonly Entry[] {
  if (after === UNKNOWN) return [["clients", "UPDATE"]];
  const [old, current] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
  return [...new Set([...Object.keys(old), ...Object.keys(current)])].sort().flatMap((name): Entry[] => {
    const path = `clients[${JSON.stringify(name)}]`;
    if (!(name in old)) return [[path, "ADD"]];
    if (!(name in current)) return [[path, "DELETE"]];
    return old[name] === current[name] ? [] : [[path, "UPDATE"]];
  });
}

function changedSet(before: Properties, desired: unknown, isMap: boolean): Differences {
  if (desired === UNKNOWN) return new Map([["certificateIds", "UPDATE"]]);
  const [old, current] = [idsOf(before["certificateIds"]), idsOf(desired)];
  return isMap
    ? mapDifferences("certificateIds", old, current)
    : listDifferences("certificateIds", old, current);
}

/** The same for a state that the dynamic resource wrote, whose set is a map: there are no positions in it. */
function mapDifferences(name: string, before: readonly string[], after: readonly string[]): Differences {
  const [old, current] = [new Set(before), new Set(after)];
  const at = (id: string): string => `${name}["${id}"]`;
  return new Map([
    ...before.flatMap((id): Entry[] => (current.has(id) ? [] : [[at(id), "DELETE"]])),
    ...after.flatMap((id): Entry[] => (old.has(id) ? [] : [[at(id), "ADD"]])),
  ]);
}

/** The ids outside the resource's known set that an update deactivates: unverified ones, and with `exclusive` unmanaged ones. */
function leavingOthers(before: Properties, news: Properties, surplus: ReadonlySet<string>): readonly Entry[] {
  const desired = new Set(idsOf(news["certificateIds"]));
  const leaving = (name: string, leaves: (id: string) => boolean): readonly Entry[] =>
    idsOf(before[name]).flatMap((id, index): Entry[] =>
      desired.has(id) || !leaves(id) ? [] : [[`${name}[${index}]`, "DELETE"]],
    );
  return [
    ...leaving("unverifiedCertificateIds", () => true),
    ...leaving("unmanagedActiveCertificateIds", (id) => surplus.has(id)),
  ];
}
