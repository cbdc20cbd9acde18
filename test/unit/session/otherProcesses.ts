import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";
import { SharedRun } from "../../../provider/session/sharedRun";

const OWN_PID = process.pid;

/** The provider processes of some runs of the engine, which are all in this process and differ in their `process.pid`. */
export class Processes {
  /** The folder for temporary files of all of them. */
  readonly temporary = mkdtempSync(join(os.tmpdir(), "processes-"));
  private readonly ended = new Set<number>();
  private last = OWN_PID;

  constructor() {
    jest.spyOn(os, "tmpdir").mockReturnValue(this.temporary);
    jest.spyOn(process, "kill").mockImplementation((other) => {
      if (this.ended.has(other)) throw new Error("kill ESRCH");
      return true;
    });
  }

  /** Starts a process that joins the run of an engine. */
  start(engineAddress: string): OtherProcess {
    this.last += 1;
    return new OtherProcess(this.last, engineAddress);
  }

  end(other: OtherProcess): void {
    this.ended.add(other.pid);
  }

  /** The journals of the runs. */
  files(): readonly string[] {
    return readdirSync(this.temporary).flatMap((folder) =>
      readdirSync(join(this.temporary, folder)).map((file) => join(this.temporary, folder, file)),
    );
  }

  remove(): void {
    jest.restoreAllMocks();
    rmSync(this.temporary, { recursive: true });
  }
}

/** Another provider process. */
export class OtherProcess {
  private readonly run = new SharedRun();

  constructor(
    readonly pid: number,
    engineAddress: string,
  ) {
    this.run.join(engineAddress);
  }

  report(...event: Parameters<SharedRun["report"]>): void {
    this.act(() => {
      this.run.report(...event);
    });
  }

  reportCheck(...event: Parameters<SharedRun["reportCheck"]>): void {
    this.act(() => {
      this.run.reportCheck(...event);
    });
  }

  private act(report: () => void): void {
    Object.defineProperty(process, "pid", { value: this.pid, configurable: true });
    try {
      report();
    } finally {
      Object.defineProperty(process, "pid", { value: OWN_PID, configurable: true });
    }
  }
}
