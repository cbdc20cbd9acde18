import type { Identity } from "../../../provider/planSummary/identity";
import type { EnforcementText } from "../../../provider/planSummary/render";
import type { PrintedClient } from "../input/printedMessages";

/** What is known of a certificate. */
export interface Certificate {
  /** Null when it has none, or none is known. */
  readonly name: string | null;
  /** Undefined when it is known only after the upload. */
  readonly id?: string;
  /** A date. */
  readonly validFrom?: string;
  /** A date. */
  readonly expires?: string;
  /** Which CA it is; undefined when the preview does not contain its text. */
  readonly identity?: Identity;
  /** "organization", "acme: project proj_abc". */
  readonly scope: string;
}

/** What happens to one certificate in one scope. */
export interface Row extends Certificate {
  readonly change: Change;
  /** For a rename: what it was called before. */
  readonly formerName?: string | null;
  /** For a replacement: the id that is deleted. */
  readonly replacedId?: string;
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
  /** How many certificates are active before the update; undefined when not known. */
  readonly active?: number;
  readonly enforcement: Enforcement;
  /** "3 API calls"; undefined when not known. */
  readonly calls?: string;
  /**
   * `api`: the preview listed the certificates. `state`: the engine calls no provider about a deletion in a preview.
   * `unknown`: the provider does not know the ids until the update. `unverified`: the preview did not list the certificates,
   * although it should have.
   */
  readonly source: "api" | "state" | "unknown" | "unverified";
}

/** What happens to mTLS: the end of a sentence that begins with "mTLS". */
export type Enforcement = EnforcementText | "may be enforced" | "may be turned off" | "not known";

/** A preview as a reviewer needs it. */
export interface Report {
  readonly stack?: string;
  /** When the report was made, in Unix seconds. */
  readonly time: number;
  readonly failed: boolean;
  readonly rows: readonly Row[];
  /** Certificates of the changed sets that stay in them. */
  readonly unchanged: readonly Certificate[];
  readonly scopes: readonly ScopeSummary[];
  /** The known clients of the program, before and after the update. */
  readonly clients: readonly PrintedClient[];
  /** What a refresh found to be changed outside of the program. */
  readonly drift: readonly string[];
  readonly warnings: readonly string[];
  readonly errors: readonly string[];
  /** All other lines that were printed. */
  readonly notes: readonly string[];
  /** How many other resources of the stack change, by what happens to them. */
  readonly others: Readonly<Record<string, number>>;
}
