import { pluralize } from "../../../provider/shared/format";
import type { PrintedSummary } from "../input/messages";
import type { PlannedChange } from "../input/plannedChange";
import type { Declarations } from "./moves";

/** Most ids that a warning names. */
const MAX_NAMED = 10;

const COMPARE = "Check the ids with `pulumi preview --diff`.";

export function secretWarning(scope: string, resource: string): string {
  return (
    `${scope}: the certificateIds of \`${resource}\` are secret. This report does not show them, and cannot compare ` +
    "the messages of the preview with them. Certificate ids are not credentials: declare them without secret to review them."
  );
}

/** Warns that more summaries were printed of a change than the provider prints. */
export function disputedWarnings(
  { scope, resource }: PlannedChange,
  rivals: readonly PrintedSummary[],
): readonly string[] {
  if (rivals.length === 0) return [];
  return [
    `${scope}: the preview printed several summaries that fit \`${resource}\`, and the provider prints one. The program ` +
      `may have printed the others, so the report shows what the plan says. ${COMPARE}`,
  ];
}

/** Warns that a summary was printed which fits no change that the engine plans. */
export function unexplainedWarning({ effect: { scope } }: PrintedSummary, hasChanges: boolean): string {
  return hasChanges
    ? `${scope}: the preview printed a summary that does not match the plan, so the report ignores it. ${COMPARE}`
    : `${scope}: the preview printed a summary, but no resource changes there, so the report ignores it. ${COMPARE}`;
}

/** Warns that ids leave a set, and that the summary does not list them as deactivated. */
export function unmentionedWarning(
  { scope, resource }: PlannedChange,
  ids: readonly string[],
): readonly string[] {
  if (ids.length === 0) return [];
  return [
    `${scope}: ${named(ids)} removed from \`${resource}\`, but the preview's messages do not list this as a ` +
      `deactivation. The certificates may be inactive already, or a resource that does not change declares them, too. ${COMPARE}`,
  ];
}

/** Warns that ids are declared through another connection, which may be one to the same organization. */
export function elsewhereWarning(
  { scope }: PlannedChange,
  ids: readonly string[],
  declarations: Declarations,
): readonly string[] {
  const others = ids.filter((id) => declarations.elsewhere(scope, id) !== undefined);
  const [first] = others;
  if (first === undefined) return [];
  return [
    `${scope}: ${named(others)} also declared in ${declarations.elsewhere(scope, first) ?? ""}. If both connections ` +
      "are to the same organization, the certificates stay active.",
  ];
}

/** Warns that resources leave the stack, while their certificates stay as they are. */
export function retainedText(count: number): string {
  return `${pluralize(count, "resource")} of certificates leave${count === 1 ? "s" : ""} the stack and nothing else (retainOnDelete)`;
}

function named(ids: readonly string[]): string {
  const rest = ids.length - MAX_NAMED;
  const shown = ids.slice(0, MAX_NAMED).join(", ");
  if (rest > 0) return `${shown} and ${rest} more are`;
  return ids.length > 1 ? `${shown} are` : `${shown} is`;
}
