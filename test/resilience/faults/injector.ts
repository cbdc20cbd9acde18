import { type Emulator, type Endpoint } from "../../emulator/index";
import { type FaultCase, REFUSED } from "./faultCases";

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
  private isOn = false;

  constructor(private readonly strike: Injection) {}

  async begin(emulator: Emulator): Promise<void> {
    const { calls, position, faultCase, lasting } = this.strike;
    const endpoint = calls[position] ?? "list";
    emulator.clearLog();
    this.isOn = true;
    if (faultCase === REFUSED && position === 0) {
      await emulator.refuseConnections();
      // The port is open again as soon as the first try has failed.
      if (!lasting) setImmediate(() => void emulator.acceptConnections());
      return;
    }
    const call = calls.slice(0, position + 1).filter((each) => each === endpoint).length;
    faultCase.inject(emulator, { endpoint, call, times: lasting ? Infinity : 1 });
  }

  /** To be told of each call. */
  sees(emulator: Emulator): void {
    if (!this.isOn) return;
    this.calls += 1;
    const { faultCase, lasting, position } = this.strike;
    if (faultCase === REFUSED && lasting && this.calls === position + 1) void emulator.refuseConnections();
  }

  async end(emulator: Emulator): Promise<void> {
    this.isOn = false;
    emulator.faults.clear();
    await emulator.acceptConnections();
  }
}
