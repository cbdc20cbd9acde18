import { ORGANIZATION } from "../../../provider/api/scope";
import type { PlanSummary } from "../../../provider/planSummary/summarize";

/** The summary of an update that changes nothing in the organization. */
export const EMPTY_SUMMARY: PlanSummary = {
  scope: ORGANIZATION,
  failures: [],
  chunks: [],
  activate: [],
  deactivate: [],
  adopted: [],
  unchanged: 0,
  unmanaged: 0,
  unknown: 0,
  enforcement: "stays on",
  isEnforcementCertain: true,
  isEnforcedByOrganization: false,
  unknownIds: "none",
  calls: 1,
  warnings: [],
};
