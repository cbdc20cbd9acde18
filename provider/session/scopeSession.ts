import { Mutex } from "async-mutex";
import { Declarations } from "../run/declarations";
import type { SharedRun } from "../run/sharedRun";
import { ListCache } from "./listCache";

/** What all operations of this process on one scope share. */
export class ScopeSession {
  /** Operations on one scope run one at a time: each relies on a list that another operation must not invalidate. */
  readonly mutex = new Mutex();
  readonly lists = new ListCache();
  readonly declarations: Declarations;

  constructor(run: SharedRun, scopeKeys: () => readonly string[]) {
    this.declarations = new Declarations(run, scopeKeys);
  }
}
