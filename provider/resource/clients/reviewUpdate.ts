import type { Chunk } from "../../activation/plan";
import type { ScopeApi } from "../../activation/scopeApi";
import { ApiError } from "../../api/errors/apiError";
import type { ListedCertificate } from "../../api/listedCertificate";
import { reviewChange } from "../../clients/changeAssessment";
import type { ChangeAssessment } from "../../clients/changeAssessment";
import { coveringIds } from "../../clients/coveringIds";
import { NO_STAND_INS } from "../../clients/pendingUploads";
import { lockoutError } from "../../clients/review";
import { renderWarning } from "../../planSummary/render";
import { UserError } from "../../shared/userError";
import { assessChange } from "./assessChange";
import type { ResourceClients } from "./resourceClients";

/**
 * Judges what the steps of an update mean for the clients. Waits for the contents that it must read.
 * @throws UserError when the steps would lock out a client, or when it is not proven that they do not.
 */
export async function reviewUpdate(
  scoped: ScopeApi,
  resource: ResourceClients,
  chunks: readonly Chunk[],
  listed: readonly ListedCertificate[],
): Promise<{ readonly assessment: ChangeAssessment; readonly covering: readonly string[] }> {
  const change = { listed, chunks, possible: new Set<string>(), unknownIds: NO_STAND_INS };
  const assessment = await assessChange(scoped, resource, change, (id) => readContent(scoped, id));
  const { expiryWarningDays } = resource;
  const { failures, warnings } = reviewChange(assessment, { expiryWarningDays, needsProof: true });
  for (const warning of warnings) scoped.warn(renderWarning(scoped.scope, warning));
  if (failures.length > 0) throw new UserError(`${lockoutError(failures)}\n  No changes were made.`);
  return { assessment, covering: coveringIds(assessment.groups.flatMap(({ outcomes }) => outcomes)) };
}

async function readContent(scoped: ScopeApi, id: string): Promise<string | undefined> {
  try {
    return await scoped.content(id);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    scoped.warn(renderWarning(scoped.scope, `clients not verified: ${error.message}`));
    return undefined;
  }
}
