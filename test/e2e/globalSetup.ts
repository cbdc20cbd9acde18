import { findEngine } from "../engine/findEngine";

/** Gets the engine once, before any suite: it may take minutes the first time. */
export default async function globalSetup(): Promise<void> {
  await findEngine();
}
