import type { ClientGuard } from "../../activation/guards/clientGuard";
import type { ScopeApi } from "../../activation/scopeApi";
import type { ChangeAssessment } from "../../clients/changeAssessment";
import { pendingUploads } from "../../session/session";
import type { Forecast, ForecastPolicies } from "../forecast";
import type { StoredActivation } from "../storedActivation";
import { loadClients } from "./load";
import type { ResourceClients } from "./resourceClients";
import type { ClientPreviewOptions } from "./reviewPreview";

/** A guard that keeps what it has found out, for the state. */
export interface ClientJudge extends ClientGuard {
  /** Undefined when there was nothing to judge. */
  assessment(): ChangeAssessment | undefined;
}

/** The clients of a resource. @param policies as they are to be, or as they are in the state. */
export function clientsOf(
  {
    clients,
    clientLockout: lockout = "refuse",
    expiryWarningDays,
  }: Pick<ForecastPolicies, "clients" | "clientLockout" | "expiryWarningDays">,
  stored: Pick<StoredActivation, "clientVerdicts"> | undefined,
): ResourceClients {
  return { clients, lockout, expiryWarningDays, verdicts: stored?.clientVerdicts };
}

/** Protects the clients of a resource and, when certificates change, those that other resources of the run declare. */
export function clientJudge(resource: ResourceClients): ClientJudge {
  let assessment: ChangeAssessment | undefined;
  return {
    assessment: () => assessment,
    judge: async (scoped, chunks, listed) => {
      const concernsOthers = chunks.length > 0 && (await hasDeclaredClients(scoped));
      if (resource.clients === undefined && !concernsOthers) return [];
      const judged = await loadClients().reviewUpdate(scoped, resource, chunks, listed);
      assessment = judged.assessment;
      return judged.covering;
    },
  };
}

/**
 * Judges in a preview what an update means for clients, and logs it.
 * @returns why the update is certain to be rejected; undefined when that is not certain.
 */
export async function previewClients(
  update: Forecast,
  connection: string,
  resource: ResourceClients,
  options: Omit<ClientPreviewOptions, "uploads">,
): Promise<string | undefined> {
  const { scoped } = update.live;
  const concernsOthers = update.summary.chunks.length > 0 && (await hasDeclaredClients(scoped));
  if (resource.clients === undefined && !concernsOthers) return undefined;
  return loadClients().reviewPreview(update, resource, { ...options, uploads: pendingUploads(connection) });
}

/** What the preview of an update knows when the engine has asked about the resource: all of its ids. */
export const ALL_KNOWN = { unknownIds: 0, othersFollow: false } as const;

/**
 * Logs what an update means for clients.
 * @param stored the state; undefined for a create.
 * @param isRejected whether the preview fails; otherwise, what would fail the update is a warning.
 */
export async function logClients(
  update: Forecast,
  connection: string,
  stored: StoredActivation | undefined,
  options: Omit<ClientPreviewOptions, "uploads" | "logs">,
  isRejected = false,
): Promise<void> {
  const logs = isRejected ? "warnings" : "failures as warnings";
  await previewClients(update, connection, clientsOf(update.policies, stored), { ...options, logs });
}

async function hasDeclaredClients(scoped: ScopeApi): Promise<boolean> {
  return (await scoped.declaredClients()).length > 0;
}
