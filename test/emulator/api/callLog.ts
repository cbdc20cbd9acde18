import type { Scope } from "../store/scope";
import type { Endpoint } from "./endpoint";

/** One request and its result. Never contains the key. */
export interface LoggedCall {
  readonly method: string;
  /** The whole target as received: path and query. */
  readonly path: string;
  readonly endpoint: Endpoint | "unknown";
  readonly scope: Scope;
  /** The certificates that the request names, if any. */
  readonly ids?: readonly string[];
  /** "none" if no response was sent, or not yet. */
  readonly status: number | "none";
  /** Whether it was executed, whatever the response. */
  readonly executed: boolean;
  /** Subject of the client certificate that was presented. */
  readonly clientCertificate?: string;
  readonly requestHeaders: {
    readonly authorizationPresent: boolean;
    readonly organization?: string;
    readonly project?: string;
  };
}

/** A call whose result is not known yet. */
export type OpenCall = { -readonly [Field in keyof LoggedCall]: LoggedCall[Field] };

/** How many calls of each endpoint: `{ list: 1, activate: 5 }`. */
export function countCalls(log: readonly LoggedCall[]): Partial<Record<LoggedCall["endpoint"], number>> {
  const counts: Partial<Record<LoggedCall["endpoint"], number>> = {};
  for (const { endpoint } of log) counts[endpoint] = (counts[endpoint] ?? 0) + 1;
  return counts;
}
