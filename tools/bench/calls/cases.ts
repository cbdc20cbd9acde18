import { ids } from "../../../test/support/ids";
import { projectIds } from "../program";
import type { Command, Declared } from "../program";
import { changeCalls } from "./floor";

/** An operation whose API calls are counted. */
export interface CallCase {
  readonly name: string;
  /** What was applied before; undefined for nothing. */
  readonly before?: Declared;
  readonly declared: Declared;
  readonly command: Command;
  /** The fewest calls that the API permits. */
  readonly floor: number;
  /** Calls of the floor to one endpoint of the API, all of which share a rate limit. */
  readonly floorOfEndpoint: number;
  /** Lists that the provider adds, so that it knows which certificates are active before it changes anything. */
  readonly lists: number;
  /** What a script without state sends for the same result. */
  readonly script: ScriptTask;
}

/** Certificates to activate, then to deactivate; in each of the projects, if there are any. Or a list. */
export interface ScriptTask {
  readonly activate?: readonly string[];
  readonly deactivate?: readonly string[];
  readonly projects?: readonly string[];
  readonly list?: boolean;
}

const PROJECTS = 200;
const ROTATED = { before: ids(1, 50), after: ids(11, 60) };

function creation(count: number): CallCase {
  const created = ids(1, count);
  return {
    name: count === 1 ? "create, 1 id" : `create, ${count} ids`,
    declared: { ids: created },
    command: "up",
    floor: changeCalls(count, 0),
    floorOfEndpoint: changeCalls(count, 0),
    lists: 1,
    script: { activate: created },
  };
}

export const CALL_CASES: readonly CallCase[] = [
  ...[1, 10, 23, 50].map(creation),
  {
    name: "rotation, 10 of 50 ids",
    before: { ids: ROTATED.before },
    declared: { ids: ROTATED.after },
    command: "up",
    floor: changeCalls(10, 10),
    floorOfEndpoint: 1,
    lists: 1,
    script: { activate: ids(51, 60), deactivate: ids(1, 10) },
  },
  {
    name: "no change, 50 ids",
    before: { ids: ROTATED.before },
    declared: { ids: ROTATED.before },
    command: "up",
    floor: 0,
    floorOfEndpoint: 0,
    lists: 0,
    script: { activate: ROTATED.before },
  },
  {
    name: "refresh, 50 ids",
    before: { ids: ROTATED.before },
    declared: { ids: ROTATED.before },
    command: "refresh",
    floor: 1,
    floorOfEndpoint: 1,
    lists: 0,
    script: { list: true },
  },
  {
    name: "create, 1 id in each of 200 projects",
    declared: { projects: PROJECTS },
    command: "up",
    floor: PROJECTS,
    floorOfEndpoint: PROJECTS,
    lists: PROJECTS,
    script: {
      activate: ["cert_01"],
      projects: projectIds(PROJECTS),
    },
  },
];
