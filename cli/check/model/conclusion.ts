import { pluralize } from "../../../provider/shared/format";
import { isComplete } from "./report";
import type { CheckReport } from "./report";

/** The result in a sentence or two. */
export function conclusionOf(report: CheckReport): string {
  const { access, problems, days } = report;
  if (access.reading === "failed") return "No access: nothing could be checked.";
  if (problems.length === 0)
    return `No problems. Nothing that is active expires within ${pluralize(days, "day")}.`;
  const found = `${pluralize(problems.length, "problem")}.`;
  return isComplete(report) ? found : `${found} Not everything could be checked.`;
}
