import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";
import { Declarations } from "../../../provider/run/declarations";
import { SharedRun } from "../../../provider/run/sharedRun";

/** A provider process that knows one scope. */
export interface Process {
  readonly run: SharedRun;
  readonly declarations: Declarations;
}

/** The provider processes of some runs of the engine, which are all in this process and speak over real sockets. */
export class Processes {
  /** The folder for temporary files of all of them. */
  readonly temporary = mkdtempSync(join(os.tmpdir(), "processes-"));
  private readonly runs: SharedRun[] = [];

  constructor() {
    jest.spyOn(os, "tmpdir").mockReturnValue(this.temporary);
  }

  /** Starts a process that joins the run of an engine. */
  async start(engineAddress: string, scopeKeys: readonly string[]): Promise<Process> {
    const run = new SharedRun();
    this.runs.push(run);
    await run.join(engineAddress);
    return { run, declarations: new Declarations(run, () => scopeKeys, "organization") };
  }

  /** The sockets of the runs. */
  get sockets(): readonly string[] {
    return readdirSync(this.folder).map((name) => join(this.folder, name));
  }

  /** The folder of the sockets. */
  get folder(): string {
    const [folder = ""] = readdirSync(this.temporary);
    return join(this.temporary, folder);
  }

  remove(): void {
    for (const run of this.runs) run.leave();
    jest.restoreAllMocks();
    rmSync(this.temporary, { recursive: true, force: true });
  }
}
