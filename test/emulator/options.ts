import { type LoggedCall } from "./api/callLog";
import { type ProjectLists } from "./certificates/certificate";
import { type Dialect } from "./faults/dialect";
import { type ThrottleOptions } from "./api/throttle";

export interface EmulatorOptions {
  /** The only key that is accepted. Default `sk-admin-emulator`. */
  readonly adminKey?: string;
  /** Port on 127.0.0.1. Default: a free one. */
  readonly port?: number;
  /** Ids of the projects that exist. */
  readonly projects?: readonly string[];
  /** What a project's list holds, which the vendor does not document. Default `all`. */
  readonly projectLists?: ProjectLists;
  /** Default: no limit. */
  readonly throttle?: ThrottleOptions;
  /** The shape of successful responses. Default `activation-object`. */
  readonly dialect?: Dialect;
  /** Milliseconds before each request is looked at. Default 0. */
  readonly latencyMs?: number;
  /** Milliseconds since 1970, for all that expires. Default `Date.now`. */
  readonly now?: () => number;
  /** Speak HTTPS, and ask for client certificates wherever a certificate is active. Both in PEM. */
  readonly tls?: ServerIdentity;
  /** On plain HTTP, refuse every request wherever a certificate is active: the lock-out. */
  readonly enforceWithoutTls?: boolean;
  /** Certificates that the organization may hold. Default: 50, as documented. */
  readonly maxCertificates?: number;
  /** Store names without white space at their ends. */
  readonly trimsNames?: boolean;
  /** JSON file that outlives the emulator: read at the start, rewritten at each change. */
  readonly stateFile?: string;
  /** Told of each call once its end is decided. */
  readonly onCall?: (call: LoggedCall) => void;
}

export interface ServerIdentity {
  readonly certificate: string;
  readonly key: string;
}
