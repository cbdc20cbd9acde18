import type { Emulator, Endpoint } from "../../emulator/index";
import { CONNECTION_REFUSED } from "./faultCases";
import type { FaultCase } from "./faultCases";

/** A fault and the calls in which it happens. */
export interface Injection {
  /** The calls of the operation without faults. */
  readonly calls: readonly Endpoint[];
  /** The call in which it happens, from 0. */
  readonly position: number;
  readonly faultCase: FaultCase;
  /** Whether it happens in that call alone, or in all calls from there until the operation ends. */
  readonly lasting: boolean;
}

/** Injects a fault at its call. */
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
      // The port is open again as soon as the first attempt has failed.
      if (!lasting) setImmediate(() => void emulator.acceptConnections());
      return;
    }
    const call = calls.slice(0, position + 1).filter((each) => each === endpoint).length;
    faultCase.inject(emulator, { endpoint, call, times: lasting ? Infinity : 1 });
  }

  /** To be called for each API call. */
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
