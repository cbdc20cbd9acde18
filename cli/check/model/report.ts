import type { ClientAccess } from "../../../provider/activation/guards/enforcement";

/** The result of the command. All texts are safe to print, and all times are in Unix seconds. */
export interface CheckReport {
  readonly checkedAt: number;
  /** What expires within this many days is a problem. */
  readonly days: number;
  readonly access: AccessReport;
  /** The organization, and then the projects. Empty without access. */
  readonly scopes: readonly ScopeReport[];
  /** The certificates of all scopes, those that are active first. */
  readonly certificates: readonly CertificateReport[];
  readonly clients: readonly ClientReport[];
  readonly problems: readonly Problem[];
}

/** What the environment gives access to. */
export interface AccessReport {
  /** The base URL of all requests. Absent when the settings are invalid. */
  readonly baseUrl?: string;
  /** The organization that the settings name; absent for that of the admin key. */
  readonly organization?: string;
  /** Whether the admin key can list the certificates of the organization. */
  readonly reading: "works" | "failed";
  /** It cannot be tested without a change. */
  readonly writing: "not tested";
  /** Absent when the settings are invalid. */
  readonly clientCertificate?: OwnCertificateReport;
}

/** The client certificate that the command itself presents. */
export interface OwnCertificateReport {
  readonly presented: ClientAccess;
  /** Its certificate, and whether an active certificate of the organization trusts it. */
  readonly trust?: TrustReport;
}

export interface ScopeReport {
  /** Absent for the organization. */
  readonly projectId?: string;
  /** A project inherits the certificates that are active in the organization. */
  readonly enforcement: "enforced" | "inherited" | "not enforced" | "not known";
  /** The number of certificates that are active in the scope itself. Absent when they could not be listed. */
  readonly active?: number;
}

export interface CertificateReport {
  readonly id: string;
  /** Null when it has none. */
  readonly name: string | null;
  /** Where it is active: "organization", or "project proj_abc". Empty when it is active in none of the scopes. */
  readonly activeIn: readonly string[];
  readonly validAt?: number;
  readonly expiresAt?: number;
}

/** Whether a client can connect. */
export interface TrustReport {
  /** The subject of the client's certificate, or of the CA that issues those of the client. */
  readonly subject: string;
  readonly result: "trusted" | "rejected" | "not required" | "not determined";
  /** The ids of active certificates that are known to trust it. There may be more. */
  readonly trustedBy: readonly string[];
  /** When its certificate expires, or the last one that trusts it. Absent when it is rejected. */
  readonly until?: number;
}

export interface ClientReport extends TrustReport {
  readonly name: string;
}

/** Something that a person has to look at. */
export interface Problem {
  readonly kind: ProblemKind;
  readonly severity: "error" | "warning";
  /** What happened, the reason, and the remedy. */
  readonly message: string;
}

export type ProblemKind =
  | "no access"
  | "not listed"
  | "not determined"
  | "not enforced"
  | "rejected"
  | "expired"
  | "expires"
  | "not yet valid";

/** What could not be looked at, so that other problems may be hidden. */
const BLIND: ReadonlySet<ProblemKind> = new Set(["no access", "not listed", "not determined"]);

/** Whether everything could be looked at. */
export function isComplete({ problems }: CheckReport): boolean {
  return !problems.some(({ kind }) => BLIND.has(kind));
}

/** 0 without a problem; 1 with one; 2 when something could not be looked at. */
export function exitCodeOf(report: CheckReport): number {
  if (!isComplete(report)) return 2;
  return report.problems.length > 0 ? 1 : 0;
}
