import { enforcementChange, type EnforcementChange } from "../activation/guards/enforcement";
import { accessCandidates } from "../activation/guards/access";
import { activeIds, type Desired, plan } from "../activation/plan";
import { MAX_IDS_PER_CALL } from "../api/limits";
import type { Scope } from "../api/scope";
import type { ListedCertificate } from "../api/schemas";
import { expiryWarnings, lastLongLivedWarning } from "./expiry";

/** What an apply would do in a scope, for the one who has to approve it. */
export interface PlanSummary {
  readonly scope: Scope;
  readonly activate: readonly ListedCertificate[];
  readonly deactivate: readonly Deactivation[];
  /** How many of the set are active already, and become the resource's. */
  readonly adopted: number;
  /** Those of them that another resource of the program gives up, although its preview had to say otherwise. */
  readonly moved: readonly ListedCertificate[];
  /** How many of the set are active already, are the resource's, and stay so. */
  readonly unchanged: number;
  /** How many others are active, and stay so. */
  readonly unmanaged: number;
  /** How many ids are known only after their upload. */
  readonly unknown: number;
  readonly enforcement: EnforcementChange;
  /** Calls that the apply makes, its list included. One is counted for finding a certificate that accepts the provider's. */
  readonly calls: number;
  readonly warnings: readonly string[];
}

export interface Deactivation {
  readonly certificate: ListedCertificate;
  /** Whether the certificate was never the resource's, and goes off only because the set is exclusive. */
  readonly isUnmanaged: boolean;
}

/** What a review looks at. */
export interface SummaryInput {
  readonly scope: Scope;
  readonly desired: Desired;
  /** Ids this resource has made or found active before. */
  readonly managed: ReadonlySet<string>;
  readonly listed: readonly ListedCertificate[];
  /** Ids that some resource of the program declares, as far as it is known. */
  readonly declared: ReadonlySet<string>;
  /** Ids of which the preview has said that another resource deactivates them. */
  readonly announced: ReadonlySet<string>;
  /** How many desired ids are known only after their upload. */
  readonly unknown: number;
  readonly expiryWarningDays: number;
  /** Whether the provider presents a client certificate, and so looks for an active one that accepts it. */
  readonly hasClientCertificate: boolean;
  /** Unix seconds. */
  readonly now: number;
}

/** @returns what an apply would do, if the API refuses nothing. */
export function summarize({
  scope,
  desired,
  managed,
  listed,
  declared,
  announced,
  unknown,
  expiryWarningDays,
  hasClientCertificate,
  now,
}: SummaryInput): PlanSummary {
  const { chunks } = plan(desired, managed, listed, now, declared);
  const byId = new Map(listed.map((certificate) => [certificate.id, certificate]));
  const named = (action: "activate" | "deactivate"): readonly ListedCertificate[] =>
    chunks.flatMap((chunk) => (chunk.action === action ? chunk.ids.flatMap((id) => byId.get(id) ?? []) : []));
  const [activate, deactivate] = [named("activate"), named("deactivate")];
  const active = activeIds(listed);
  const kept = active.intersection(desired.ids);
  const adopted = kept.difference(managed);
  const remaining = listed.filter(({ id }) => active.has(id) && !deactivate.some((gone) => gone.id === id));
  // What is known only after its upload is fresh, so it outlives the warning, and it is active in the end.
  const uploads = unknown > 0;
  const lastLongLived = uploads
    ? []
    : lastLongLivedWarning(deactivate, [...remaining, ...activate], expiryWarningDays, now);
  const changes = callsFor(activate.length + unknown) + callsFor(deactivate.length);
  // `check` lists once; `applyDesired` lists again where that list alone must not decide.
  const lists = desired.exclusive || desired.enforcementChange === "refuse" || changes === 0 ? 2 : 1;
  const readsContent = hasClientCertificate && (uploads || accessCandidates(chunks, listed).length > 0);
  return {
    scope,
    activate,
    deactivate: deactivate.map((certificate) => ({ certificate, isUnmanaged: !managed.has(certificate.id) })),
    adopted: adopted.size,
    moved: listed.filter(({ id }) => adopted.has(id) && announced.has(id)),
    unchanged: kept.size - adopted.size,
    unmanaged: active.size - kept.size - deactivate.length,
    unknown,
    enforcement: uploads ? (active.size > 0 ? "stays on" : "turns on") : enforcementChange(chunks, listed),
    calls: lists + (readsContent ? 1 : 0) + changes,
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

function callsFor(ids: number): number {
  return Math.ceil(ids / MAX_IDS_PER_CALL);
}
