import { shareEngine } from "../engine/findEngine";

/** Installs the engine once, before any suite: the first time may take minutes. */
export default function globalSetup(): Promise<void> {
  return shareEngine();
}
