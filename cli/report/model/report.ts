import type { EnforcementText } from "../../../provider/planSummary/render";

/** What happens to one certificate in one scope. */
export interface Row {
  readonly change: Change;
  /** Null when it has none, or none is known. */
  readonly name: string | null;
  /** For a rename: what it was called before. */
  readonly formerName?: string | null;
  /** Undefined when it is known only after the upload. */
  readonly id?: string;
  /** For a replacement: the id that is deleted. */
  readonly replacedId?: string;
  /** A date. */
  readonly validFrom?: string;
  /** A date. */
  readonly expires?: string;
  /** The time between the preview and that date: "in 344 days". */
  readonly distance?: string;
  /** "organization", "acme: project proj_abc". */
  readonly scope: string;
  /** Whether it was never in the program, and is deactivated because the set is exclusive. */
  readonly unmanaged?: true;
  /** `provider`: only the provider's message names this change; the engine's plan does not contain the id. */
  readonly source?: "provider";
  /** For `keep`: the resource of the program that gives it up. */
  readonly from?: string;
  /** For `keep`: the resource of the program that declares it. */
  readonly to?: string;
}

/**
 * `adopt`: it is active already, and joins the set. `keep`: one resource gives it up, and another one declares it.
 * `secret`: a whole set changes, and its ids are secret.
 */
export type Change =
  "activate" | "deactivate" | "adopt" | "keep" | "secret" | "upload" | "rename" | "replace" | "delete";

/** What happens in one scope. */
export interface ScopeSummary {
  readonly scope: string;
  /** "2 to activate, 1 to deactivate, 11 unchanged". */
  readonly change: string;
  readonly enforcement: Enforcement;
  /** "3 API calls"; undefined when not known. */
  readonly calls?: string;
  /** Whether the preview listed the certificates. Otherwise this is from the stack's state. */
  readonly verified: boolean;
}

/** What happens to mTLS: the end of a sentence that begins with "mTLS". */
export type Enforcement = EnforcementText | "may be enforced" | "may be turned off" | "not known";

/** A preview as a reviewer needs it. */
export interface Report {
  readonly failed: boolean;
  readonly rows: readonly Row[];
  readonly scopes: readonly ScopeSummary[];
  /** What a refresh found to be changed outside of the program. */
  readonly drift: readonly string[];
  readonly warnings: readonly string[];
  readonly errors: readonly string[];
  /** All other lines that were printed. */
  readonly notes: readonly string[];
  /** How many other resources of the stack change, by what happens to them. */
  readonly others: Readonly<Record<string, number>>;
}
