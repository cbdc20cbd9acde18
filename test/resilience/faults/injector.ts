import { type Emulator, type Endpoint } from "../../emulator/index";
import { type FaultCase, CONNECTION_REFUSED } from "./faultCases";

/** What happens, and when. */
export interface Injection {
  /** The calls of the operation when nothing happens to them. */
  readonly calls: readonly Endpoint[];
  /** Which of them is struck, from 0. */
  readonly position: number;
  readonly faultCase: FaultCase;
  /** Whether it happens to that call alone, or to all from it on until the operation has ended. */
  readonly lasting: boolean;
}

/** Lets the mishap happen at its call. */
export class Injector {
  private calls = 0;
  private isActive = false;

  constructor(private readonly injection: Injection) {}

  async begin(emulator: Emulator): Promise<void> {
    const { calls, position, faultCase, lasting } = this.injection;
    const endpoint = calls[position] ?? "list";
    emulator.clearLog();
    this.isActive = true;
    if (faultCase === CONNECTION_REFUSED && position === 0) {
      await emulator.refuseConnections();
      // The port is open again as soon as the first try has failed.
      if (!lasting) setImmediate(() => void emulator.acceptConnections());
      return;
    }
    const call = calls.slice(0, position + 1).filter((each) => each === endpoint).length;
    faultCase.inject(emulator, { endpoint, call, times: lasting ? Infinity : 1 });
  }

  /** To be told of each call. */
  onCall(emulator: Emulator): void {
    if (!this.isActive) return;
    this.calls += 1;
    const { faultCase, lasting, position } = this.injection;
    if (faultCase === CONNECTION_REFUSED && lasting && this.calls === position + 1)
      void emulator.refuseConnections();
  }

  async end(emulator: Emulator): Promise<void> {
    this.isActive = false;
    emulator.faults.clear();
    await emulator.acceptConnections();
  }
}
