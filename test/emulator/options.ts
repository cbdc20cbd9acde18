import type { LoggedCall } from "./api/callLog";
import type { ThrottleOptions } from "./api/throttle";
import type { ProjectLists } from "./certificates/certificate";
import type { Dialect } from "./faults/dialect";

export interface EmulatorOptions {
  /** The only key that is accepted. Default `sk-admin-emulator`. */
  readonly adminKey?: string;
  /** Port on 127.0.0.1. Default: a free one. */
  readonly port?: number;
  /** Ids of the projects that exist. */
  readonly projects?: readonly string[];
  /** The content of a project's list, which the vendor does not document. Default `all`. */
  readonly projectLists?: ProjectLists;
  /** Default: no limit. */
  readonly throttle?: ThrottleOptions;
  /** The format of successful responses. Default `activation-object`. */
  readonly dialect?: Dialect;
  /** Milliseconds before each request is processed. Default 0. */
  readonly latencyMs?: number;
  /** The current time in milliseconds since 1970, for expiry. Default `Date.now`. */
  readonly now?: () => number;
  /** Use HTTPS, and require client certificates in scopes with an active certificate. Both in PEM. */
  readonly tls?: ServerIdentity;
  /** On plain HTTP, reject every request in scopes with an active certificate: the lockout. */
  readonly enforceWithoutTls?: boolean;
  /** Certificates that the organization may hold. Default: 50, as documented. */
  readonly maxCertificates?: number;
  /** Trim white space from stored names. */
  readonly trimsNames?: boolean;
  /** JSON file that outlives the emulator: read at the start, rewritten at each change. */
  readonly stateFile?: string;
  /** Awaited for each call that was received, before it is processed: a call can be held. */
  readonly holdCall?: (call: LoggedCall) => Promise<void>;
  /** Called for each call once its result is decided. */
  readonly onCall?: (call: LoggedCall) => void;
}

export interface ServerIdentity {
  readonly certificate: string;
  readonly key: string;
}
