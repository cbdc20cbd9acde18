import type { Emulator } from "../../../../test/emulator/index";
import type { ClientRequest, Outcome } from "./step";

/** An official client in some language. */
export interface Client {
  perform(emulator: Emulator, request: ClientRequest): Promise<Outcome>;
  /**
   * Compares all responses since the start with the client's types, unless each outcome reports that already.
   * @returns what differs, a line each.
   */
  typeProblems(): readonly string[];
  close(): Promise<void>;
}
