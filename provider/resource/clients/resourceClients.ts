import type { Policies } from "../policies";
import type { UNKNOWN } from "../resource";
import type { ClientsByName } from "./argument";
import type { ClientVerdicts } from "./outputs";

/** The clients of one resource, and how to treat them. */
export interface ResourceClients extends Pick<Policies, "expiryWarningDays"> {
  /** What to do when an update would lock a client out. */
  readonly lockout: "refuse" | "warn";
  /** Unknown as a whole during a preview at most. */
  readonly clients?: ClientsByName | typeof UNKNOWN | undefined;
  /** What the state holds about them. */
  readonly verdicts?: ClientVerdicts | undefined;
}

/** What is known of a client. */
export interface ClientTrust {
  /** The subject of its certificate, such as `CN=billing, O=Acme`. */
  readonly subject: string;
  /** When its certificate expires, in Unix seconds. */
  readonly expiresAt: number;
  /** The ids of the active certificates that are known to trust it, sorted. Empty when none is. */
  readonly trustedBy: readonly string[];
}
