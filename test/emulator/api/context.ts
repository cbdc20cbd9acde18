import type { ProjectLists } from "../certificates/certificate";
import type { Dashboard } from "../dashboard/dashboard";
import type { EnforcementMode } from "../enforcement/enforcement";
import type { Dialect } from "../faults/dialect";
import type { Faults } from "../faults/faults";
import type { Store } from "../store/store";
import type { AuditLog } from "./auditLog";
import type { LoggedCall, OpenCall } from "./callLog";
import type { UploadRules } from "./operations";
import type { Throttle } from "./throttle";

/** The state and options that every call uses. */
export interface Context {
  readonly adminKey: string;
  readonly store: Store;
  readonly audit: AuditLog;
  readonly dashboard: Dashboard;
  readonly faults: Faults;
  readonly throttle: Throttle;
  readonly enforcement: EnforcementMode;
  readonly dialect: Dialect;
  readonly projectLists: ProjectLists;
  readonly latencyMs: number;
  readonly uploads: UploadRules;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: OpenCall[];
  readonly holdCall: (call: LoggedCall) => Promise<void>;
  readonly onCall: (call: LoggedCall) => void;
  /** Ends pending waits when the emulator closes. */
  readonly closing: AbortSignal;
}
