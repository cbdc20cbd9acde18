import { ids } from "../../../test/support/ids";
import { changeCalls } from "../calls/floor";
import { NO_CHANGE_RATIO, OPERATION_RATIO } from "../limits";
import type { Command } from "../program";
import type { Limit } from "../report/check";

/** A measured command. The operations of a round follow one another, and the last one undoes them all. */
export interface Operation {
  readonly name: string;
  readonly command: Command;
  /** The ids that the program declares. */
  readonly declared: readonly string[];
  /** API calls that depend on one another: each needs the result of the one before. */
  readonly calls: number;
  readonly limit: Limit;
}

/** Certificates of the emulated organization. */
export const UPLOADED = ids(1, 60);

const BEFORE = ids(1, 50);
/** Ten ids are replaced. */
const AFTER = ids(11, 60);

/** The list that shows which certificates are active; without it, nothing can be planned. */
const LIST = 1;

export const OPERATIONS: readonly Operation[] = [
  {
    name: "create",
    command: "up",
    declared: BEFORE,
    calls: LIST + changeCalls(50, 0),
    limit: OPERATION_RATIO,
  },
  { name: "no change", command: "up", declared: BEFORE, calls: 0, limit: NO_CHANGE_RATIO },
  {
    name: "preview of a change",
    command: "preview",
    declared: AFTER,
    calls: LIST,
    limit: OPERATION_RATIO,
  },
  {
    name: "update",
    command: "up",
    declared: AFTER,
    calls: LIST + changeCalls(10, 10),
    limit: OPERATION_RATIO,
  },
  { name: "refresh", command: "refresh", declared: AFTER, calls: LIST, limit: OPERATION_RATIO },
  {
    name: "destroy",
    command: "destroy",
    declared: AFTER,
    calls: LIST + changeCalls(0, 50),
    limit: OPERATION_RATIO,
  },
];
