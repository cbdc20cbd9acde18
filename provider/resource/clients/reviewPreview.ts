import type { ScopeApi } from "../../activation/scopeApi";
import { ApiError } from "../../api/errors/apiError";
import { reviewChange, summarizeClients } from "../../clients/changeAssessment";
import type { ChangeAssessment, ClientSummary } from "../../clients/changeAssessment";
import { FILTERS_NOTICE, unknownClientWarnings } from "../../clients/messages";
import { matchUploads } from "../../clients/pendingUploads";
import type { PendingUpload } from "../../clients/pendingUploads";
import { lockoutError } from "../../clients/review";
import { renderClients } from "../../planSummary/clients";
import { renderWarning } from "../../planSummary/render";
import type { Forecast } from "../forecast";
import { knownClients } from "./argument";
import { assessChange } from "./assessChange";
import { contentReader } from "./contentReader";
import type { ResourceClients } from "./resourceClients";
import type { ScopeChange } from "./scopeChange";

/** How certain a preview can be of what others do, and what it logs. */
export interface ClientPreviewOptions {
  /** How many ids of the set are known only in the update. */
  readonly unknownIds: number;
  /** The uploads of the program that are pending in the organization. */
  readonly uploads: readonly PendingUpload[];
  /** Those for which some of the unknown ids certainly stand. */
  readonly linkedUploads?: readonly PendingUpload[];
  /** Whether the engine may still check resources that keep active what this one would deactivate. */
  readonly othersFollow: boolean;
  /** What to log: nothing; the clients and warnings; or failures as warnings, too, because the preview continues. */
  readonly logs: "nothing" | "warnings" | "failures as warnings";
}

/**
 * Judges what an update is expected to mean for the clients, without waiting for the API, and logs it.
 * @returns why the update is certain to be rejected; undefined when that is not certain.
 */
export async function reviewPreview(
  forecast: Forecast,
  resource: ResourceClients,
  options: ClientPreviewOptions,
): Promise<string | undefined> {
  const { scoped } = forecast.live;
  const { unknownIds, logs } = options;
  const { unknown, isUnknown } = knownClients(resource.clients);
  const warn = (text: string): void => {
    if (logs !== "nothing") scoped.warn(renderWarning(scoped.scope, text));
  };
  const assessment = await assess(forecast, resource, options, warn);
  if (!assessment) return undefined;
  const { expiryWarningDays } = resource;
  const { failures, warnings } = reviewChange(assessment, { expiryWarningDays, needsProof: false });
  const isCertain = unknownIds === 0 && failures.length > 0;
  if (logs !== "nothing") {
    logSummary(scoped, [...summarizeClients(assessment), ...unknown.map(unknownClient)]);
    const all = isCertain && logs === "warnings" ? warnings : [...failures, ...warnings];
    for (const text of [...unknownClientWarnings(unknown, isUnknown), ...all]) warn(text);
  }
  return isCertain ? lockoutError(failures) : undefined;
}

async function assess(
  { live: { scoped, listed, run }, summary: { chunks }, declared }: Forecast,
  resource: ResourceClients,
  { unknownIds, uploads, linkedUploads, othersFollow }: ClientPreviewOptions,
  warn: (text: string) => void,
): Promise<ChangeAssessment | undefined> {
  const own = matchUploads(unknownIds, uploads, linkedUploads);
  // Unknown ids of other resources may activate what a client needs.
  const isIncomplete = own.isIncomplete || (unknownIds === 0 && run.unknown !== "none");
  const deactivated = chunks.flatMap(({ action, ids }) => (action === "deactivate" ? ids : []));
  const mayStay = othersFollow || isIncomplete ? deactivated : [];
  const change: ScopeChange = {
    listed,
    chunks,
    // The update reads that before it sends the first call.
    endsStepwise: false,
    possible: declared.union(new Set(mayStay)),
    unknownIds: { ...own, isIncomplete },
  };
  try {
    return await assessChange(
      scoped,
      resource,
      change,
      contentReader(scoped, () => undefined),
    );
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    warn(`clients not verified: ${error.message}`);
    return undefined;
  }
}

function logSummary(scoped: ScopeApi, clients: readonly ClientSummary[]): void {
  if (clients.length === 0) return;
  scoped.log(renderClients(scoped.scope, clients, Date.now() / 1000));
  scoped.log(renderWarning(scoped.scope, FILTERS_NOTICE));
}

function unknownClient(name: string): ClientSummary {
  return { name, before: "not determined", after: "not determined" };
}
