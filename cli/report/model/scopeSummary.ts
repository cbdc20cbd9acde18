import { ENFORCED_BY_ORGANIZATION, renderChange } from "../../../provider/planSummary/render";
import type { Counts } from "../../../provider/planSummary/summarize";
import { pluralize } from "../../../provider/shared/format";
import { areKnown } from "../input/stored";
import type { Enforcement, Row, ScopeSummary } from "./report";
import type { PlannedScope } from "./rows";

/** Sums up what happens in one scope. @param rows those of the scope. */
export function summaryOf(facts: PlannedScope, rows: readonly Row[]): ScopeSummary | undefined {
  const { scope, changes } = facts;
  const count = (change: Row["change"]): number => rows.filter((row) => row.change === change).length;
  const [activate, adopted, deactivate, kept] = [
    count("activate"),
    count("adopt"),
    count("deactivate"),
    count("keep"),
  ];
  // A resource is deleted of which another one declares everything.
  if (changes.every(({ isDelete }) => isDelete) && kept > 0 && kept === rows.length) return undefined;
  const unknown = rows.filter(({ change, id }) => change === "activate" && id === undefined).length;
  const active = activeBefore(facts);
  const unchanged = active === undefined ? 0 : Math.max(0, active - deactivate - adopted - kept);
  const counts = { unknown, activate: activate - unknown, adopted, deactivate, unchanged, unmanaged: 0 };
  const calls = callsOf(facts);
  return {
    scope,
    change: changeOf(facts, counts),
    ...(active !== undefined && { active }),
    enforcement: enforcementOf(facts, rows),
    ...(calls !== undefined && { calls }),
    source: sourceOf(facts),
  };
}

function sourceOf({ changes, printed }: PlannedScope): ScopeSummary["source"] {
  if (printed.headlines.length > 0) return "api";
  if (printed.isUnknown) return "unknown";
  return changes.every(({ isDelete }) => isDelete) ? "state" : "unverified";
}

function changeOf({ changes, printed: { headlines } }: PlannedScope, counts: Counts): string {
  const isSecret = changes.some(({ before, after }) => [before, after].includes("secret"));
  const managed = changes.flatMap(({ before }) => (areKnown(before) ? before : [])).toSorted();
  const isUnknown = counts.unknown === 0 && changes.some(({ after }) => after === "unknown");
  if (!isSecret) {
    return isUnknown
      ? `ids not known until the update; managed now: ${managed.join(" ") || "none"}`
      : renderChange(counts);
  }
  const [first, ...others] = headlines;
  const printed = first && others.length === 0 ? `; the provider printed: ${first.change}` : "";
  return `the ids are secret and not shown${printed}`;
}

/**
 * How many certificates are active before the update, from what the provider printed, or else from the state.
 * @returns undefined when that is not known, or when printed headlines contradict each other.
 */
export function activeBefore({ changes, printed: { headlines } }: PlannedScope): number | undefined {
  if (headlines.length > 0) {
    const [count, ...others] = new Set(
      headlines.map(({ counts }) => counts.adopted + counts.unchanged + counts.unmanaged + counts.deactivate),
    );
    return others.length === 0 ? count : undefined;
  }
  const stored = changes.filter(({ unmanaged }) => unmanaged !== undefined);
  if (stored.length === 0) return undefined;
  // A secret set counts as one certificate.
  return new Set(
    stored.flatMap(({ before, unmanaged = [], urn }) => [
      ...(areKnown(before) ? before : [urn]),
      ...unmanaged,
    ]),
  ).size;
}

/** What becomes of enforcement, which is on while any certificate is active. */
function enforcementOf(facts: PlannedScope, rows: readonly Row[]): Enforcement {
  const { changes, printed } = facts;
  const source = sourceOf(facts);
  if (
    changes.length === 0 ||
    changes.some(({ after, before, isDelete }) => !isDelete && [before, after].includes("secret"))
  )
    return printedEnforcement(facts);
  const before = activeBefore(facts);
  const [enforcement] = printed.headlines.map(({ enforcement }) => enforcement);
  if (enforcement === ENFORCED_BY_ORGANIZATION) return enforcement;
  if (before === undefined || (source !== "api" && changes.some(({ after }) => after === "unknown")))
    return "not known";

  const deleted = changes.filter(({ isDelete }) => isDelete);
  const secrets = deleted.filter(({ before: ids }) => ids === "secret").length;
  const isCertain = ({ id = "" }: Row): boolean =>
    source !== "api" ||
    deleted.some(({ before: ids }) => ids.includes(id)) ||
    printed.certificates.some((line) => line.id === id && line.sign === "-");
  const leaving = rows.filter(({ change }) => change === "deactivate");
  const joining = rows.filter(({ change }) => change === "activate").length;
  const isOnWithout = (gone: readonly Row[]): boolean =>
    Math.max(0, before - gone.length - secrets) + joining > 0;
  const [isOn, mayBeOn] = [isOnWithout(leaving), isOnWithout(leaving.filter(isCertain))];

  // Unchanged resources are not in the plan, so the state alone does not prove that mTLS ends.
  const isFirm = source === "api";
  if (before === 0 && isOn) return isFirm ? "will be enforced" : "may be enforced";
  if (before > 0 && !isOn) return isFirm && !mayBeOn ? "will be turned off" : "may be turned off";
  if (source === "unverified") return "not known";
  return isOn ? "stays enforced" : "stays off";
}

/** What the provider printed about enforcement, where the ids of the plan are not known. */
function printedEnforcement({ changes, printed: { headlines } }: PlannedScope): Enforcement {
  const [enforcement, ...others] = new Set(headlines.map(({ enforcement }) => enforcement));
  return enforcement !== undefined && others.length === 0 && changes.length < 2 ? enforcement : "not known";
}

/** The number of API calls, as far as the provider printed it. */
function callsOf({ changes, printed: { headlines } }: PlannedScope): string | undefined {
  const numbers = headlines.map(({ calls }) => Number(/\d+/.exec(calls)?.[0]));
  if (headlines.length < 2 && changes.every(({ isDelete }) => !isDelete)) return headlines[0]?.calls;
  if (headlines.length === 0) return undefined;
  const total = changes.length > 1 ? numbers.reduce((sum, each) => sum + each, 0) : Math.max(...numbers);
  return `about ${pluralize(total, "API call")}`;
}
