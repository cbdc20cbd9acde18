import type { UNKNOWN } from "../resource";
import type { ClientsByName } from "./argument";
import type { ClientVerdicts } from "./storedVerdicts";

/** The clients of one resource, and how to treat them. */
export interface ResourceClients {
  readonly expiryWarningDays: number;
  /** What to do when an update would lock a client out. */
  readonly lockout: "refuse" | "warn";
  /** Unknown as a whole during a preview at most. */
  readonly clients?: ClientsByName | typeof UNKNOWN | undefined;
  /** What the state holds about them. */
  readonly verdicts?: ClientVerdicts | undefined;
}
