import { accessCandidates } from "../activation/guards/access";
import { effectOnEnforcement } from "../activation/guards/enforcement";
import type { EnforcementChange } from "../activation/guards/enforcement";
import { activeIds, plan } from "../activation/plan";
import type { Desired, Plan } from "../activation/plan";
import { MAX_IDS_PER_CALL } from "../api/limits";
import type { ListedCertificate } from "../api/listedCertificate";
import type { Scope } from "../api/scope";
import type { ProgramIds } from "../run/declarations";
import type { UnknownIds } from "../run/facts";
import { expiryWarnings, lastLongLivedWarning } from "./expiry";

/** How many certificates an update affects, by what happens to them. */
export interface Counts {
  /** Ids that are known only in the update. */
  readonly unknown: number;
  readonly activate: number;
  /** Certificates of the set that are active and not yet managed by the resource. */
  readonly adopted: number;
  readonly deactivate: number;
  /** Certificates of the set that are active and managed by the resource already. */
  readonly unchanged: number;
  /** Other certificates of the scope that are active and stay active. */
  readonly unmanaged: number;
}

/** What an update would do in a scope. */
export interface PlanSummary extends Plan, Omit<Counts, "activate" | "adopted" | "deactivate"> {
  readonly scope: Scope;
  readonly activate: readonly ListedCertificate[];
  readonly deactivate: readonly Deactivation[];
  readonly adopted: readonly Adoption[];
  readonly enforcement: EnforcementChange;
  /** Whether the rest of the program cannot change what becomes of enforcement. */
  readonly isEnforcementCertain: boolean;
  /** Whether a project's enforcement does not change because it inherits active certificates of the organization. */
  readonly isEnforcedByOrganization: boolean;
  /** What the ids stand for that this resource or another one declares, and that are known only in the update. */
  readonly unknownIds: UnknownIds;
  /** API calls of the update, its list included. Finding a certificate that trusts the provider counts as one. */
  readonly calls: number;
  readonly warnings: readonly string[];
}

export interface Deactivation {
  readonly certificate: ListedCertificate;
  /** Whether the resource never managed the certificate, and deactivates it only because the set is exclusive. */
  readonly isUnmanaged: boolean;
}

/** A certificate of the set that is active and not yet managed by the resource. */
export interface Adoption {
  readonly certificate: ListedCertificate;
  /** Whether another resource of the program gives it up, and the preview of that one listed it as deactivated. */
  readonly isMoved: boolean;
}

/** What a summary is made from. */
export interface SummaryInput {
  readonly scope: Scope;
  readonly desired: Desired;
  /** Ids that this resource has activated or adopted before. */
  readonly managed: ReadonlySet<string>;
  readonly listed: readonly ListedCertificate[];
  /** Ids that some resource of the program declares, as far as the engine has checked it. */
  readonly declared: ReadonlySet<string>;
  /** Ids that the preview of another resource has listed as deactivated. */
  readonly announced: ReadonlySet<string>;
  /** How many desired ids are known only in the update. */
  readonly unknown: number;
  /** What the unknown ids of all resources stand for. */
  readonly unknownIds: UnknownIds;
  /** Those that a resource of this run declares. The others were declared when the state was written. */
  readonly confirmed: ReadonlySet<string>;
  /** What the program declares, whether the engine has checked it or not; undefined when that is not known. */
  readonly program?: ProgramIds;
  /** Whether the organization's active certificates apply to the scope, too. */
  readonly isEnforcedByOrganization: boolean;
  readonly expiryWarningDays: number;
  /** Whether the provider presents a client certificate, and so needs an active certificate that trusts it. */
  readonly hasClientCertificate: boolean;
  /** Unix seconds. */
  readonly now: number;
}

/** @returns what an update would do, if no API call fails. */
export function summarize({
  scope,
  desired,
  managed,
  listed,
  declared,
  confirmed,
  announced,
  unknown,
  unknownIds,
  program,
  isEnforcedByOrganization,
  expiryWarningDays,
  hasClientCertificate,
  now,
}: SummaryInput): PlanSummary {
  const { chunks, failures } = plan(desired, managed, listed, now, declared);
  const byId = new Map(listed.map((certificate) => [certificate.id, certificate]));
  const named = (action: "activate" | "deactivate"): readonly ListedCertificate[] =>
    chunks.flatMap((chunk) => (chunk.action === action ? chunk.ids.flatMap((id) => byId.get(id) ?? []) : []));
  const [activate, deactivate] = [named("activate"), named("deactivate")];
  const active = activeIds(listed);
  const kept = active.intersection(desired.ids);
  const adopted = kept.difference(managed);
  const remaining = listed.filter(({ id }) => active.has(id) && !deactivate.some((gone) => gone.id === id));
  // A certificate that is uploaded now is assumed to be long-lived, and is active after the update.
  const uploads = unknown > 0;
  const lastLongLived = uploads
    ? []
    : lastLongLivedWarning(deactivate, [...remaining, ...activate], expiryWarningDays, now);
  const changes = callCount(activate.length + unknown) + callCount(deactivate.length);
  // `check` lists once; `reconcileScope` lists again where a cached list is not enough.
  const lists = desired.exclusive || desired.enforcementChange === "refuse" || changes === 0 ? 2 : 1;
  const own: EnforcementChange = uploads
    ? active.size > 0
      ? "stays on"
      : "turns on"
    : effectOnEnforcement(chunks, listed);
  const declares = uploads || desired.ids.size > 0;
  const isEnforcementCertain =
    own === "turns on" ||
    (own === "stays on"
      ? declares || remaining.some(({ id }) => confirmed.has(id))
      : program?.isComplete === true &&
        unknownIds === "none" &&
        !listed.some(({ id }) => declared.has(id) || program.declared.has(id)));
  // Only the organization's list tells whether the project's own certificates decide about enforcement.
  const listsOrganization = scope.kind === "project" && own.startsWith("turns");
  const readsContent = hasClientCertificate && (uploads || accessCandidates(chunks, listed).length > 0);
  return {
    scope,
    failures,
    chunks,
    activate,
    deactivate: deactivate.map((certificate) => ({ certificate, isUnmanaged: !managed.has(certificate.id) })),
    adopted: listed
      .filter(({ id }) => adopted.has(id))
      .map((certificate) => ({ certificate, isMoved: announced.has(certificate.id) })),
    unchanged: kept.size - adopted.size,
    unmanaged: active.size - kept.size - deactivate.length,
    unknown,
    unknownIds,
    enforcement: isEnforcedByOrganization ? "stays on" : own,
    isEnforcementCertain,
    isEnforcedByOrganization,
    calls: lists + (readsContent ? 1 : 0) + (listsOrganization ? 1 : 0) + changes,
    warnings: [
      ...expiryWarnings(
        listed.filter(({ id }) => desired.ids.has(id)),
        expiryWarningDays,
        now,
      ),
      ...lastLongLived,
    ],
  };
}

function callCount(ids: number): number {
  return Math.ceil(ids / MAX_IDS_PER_CALL);
}
