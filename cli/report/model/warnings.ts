import { pluralize } from "../../../provider/shared/format";
import type { Row } from "./report";
import type { PlannedScope } from "./rows";
import { activeBefore } from "./scopeSummary";

/** Maximum number of ids that a warning names. */
const MAX_NAMED = 10;

/** What a reviewer has to know about the report of one scope. @param rows those of the scope. */
export function warningsOf(facts: PlannedScope, rows: readonly Row[]): readonly string[] {
  const { scope, changes, printed, declarations } = facts;
  const secret = changes.filter(({ before, after }) => [before, after].includes("secret"));
  const leaving = rows.flatMap(({ change, id, source }) =>
    change === "deactivate" && source === undefined && id !== undefined ? [id] : [],
  );
  const deleted = new Set(changes.flatMap(({ isDelete, before }) => (isDelete ? before : [])));
  const listed = new Set(printed.certificates.flatMap(({ sign, id }) => (sign === "-" ? [id] : [])));
  const unlisted =
    printed.headlines.length > 0 ? leaving.filter((id) => !listed.has(id) && !deleted.has(id)) : [];
  const elsewhere = leaving.flatMap((id) => {
    const other = declarations(id).find((each) => isSamePlace(each.scope, scope));
    return other ? [{ id, scope: other.scope }] : [];
  });
  return [
    ...(printed.headlines.length > 0 && activeBefore(facts) === undefined
      ? [
          `${scope}: the preview printed summaries that contradict each other, so the effect on mTLS is not known. The ` +
            "program may have printed one of them.",
        ]
      : []),
    ...secret.map(
      ({ resource }) =>
        `${scope}: the certificateIds of ${resource} are secret, so this report does not show them. Certificate ids are ` +
        "not credentials: declare them without secret to review them.",
    ),
    ...(unlisted.length > 0
      ? [
          `${scope}: the program no longer declares ${named(unlisted)}, but the provider does not list this as a ` +
            "deactivation. The certificates may be inactive already, or a resource that does not change declares them, too.",
        ]
      : []),
    ...(elsewhere[0]
      ? [
          `${elsewhere[0].scope} also declares ${named(elsewhere.map(({ id }) => id))}, which leave ${scope}. If both ` +
            "connections are to the same organization, the certificates stay active.",
        ]
      : []),
  ];
}

/** Whether two different scopes differ in nothing but the connection. */
function isSamePlace(scope: string, other: string): boolean {
  return scope !== other && scope.split(": ").at(-1) === other.split(": ").at(-1);
}

/** About resources that leave the stack, while their certificates stay as they are. */
export function retainedText(count: number): string {
  return `${pluralize(count, "certificate resource")} leave${count === 1 ? "s" : ""} the stack; the certificates are not changed (retainOnDelete)`;
}

function named(ids: readonly string[]): string {
  const rest = ids.length - MAX_NAMED;
  return ids.slice(0, MAX_NAMED).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}
