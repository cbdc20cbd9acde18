import type { Chunk } from "../../activation/plan";
import type { ScopeApi } from "../../activation/scopeApi";
import type { ListedCertificate } from "../../api/listedCertificate";
import { reviewChange } from "../../clients/changeAssessment";
import type { ChangeAssessment } from "../../clients/changeAssessment";
import { coveringIds } from "../../clients/coveringIds";
import { NO_STAND_INS } from "../../clients/pendingUploads";
import { lockoutError } from "../../clients/review";
import { renderWarning } from "../../planSummary/render";
import { UserError } from "../../shared/userError";
import { assessChange } from "./assessChange";
import { contentReader } from "./contentReader";
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
  const endsStepwise = chunks.filter(({ action }) => action === "deactivate").length > 1;
  const change = { listed, chunks, endsStepwise, possible: new Set<string>(), unknownIds: NO_STAND_INS };
  const read = contentReader(scoped, ({ message }) => {
    scoped.warn(renderWarning(scoped.scope, `clients not verified: ${message}`));
  });
  const assessment = await assessChange(scoped, resource, change, read);
  const { expiryWarningDays } = resource;
  const { failures, warnings } = reviewChange(assessment, { expiryWarningDays, needsProof: true });
  for (const warning of warnings) scoped.warn(renderWarning(scoped.scope, warning));
  if (failures.length > 0) throw new UserError(`${lockoutError(failures)}\n  No changes were made.`);
  return { assessment, covering: coveringIds(assessment.groups.flatMap(({ outcomes }) => outcomes)) };
}
