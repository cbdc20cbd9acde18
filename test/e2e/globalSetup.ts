import { findEngine } from "../engine/findEngine";

/** Installs the engine once, before any suite: the first time may take minutes. */
export default async function globalSetup(): Promise<void> {
  await findEngine();
}
