import { renderChange } from "../../../provider/planSummary/render";
import type { PlannedChange } from "../input/plannedChange";
import { areKnown } from "../input/stored";
import type { Known } from "../input/stored";
import type { Declarations } from "./moves";
import { printedOf } from "./pairing";
import type { Pair } from "./pairing";
import type { Row, ScopeSummary } from "./report";
import { distinct, rowsOf } from "./rows";
import { correctedScope, disputedScope, unverifiedScope } from "./scopeSummary";
import { disputedWarnings, elsewhereWarning, secretWarning, unmentionedWarning } from "./warnings";

/** What a report shows of a planned change. */
export interface Shown {
  /** Undefined when nothing happens in the scope: all that a removed resource had is declared by another one. */
  readonly summary?: ScopeSummary;
  readonly rows: readonly Row[];
  readonly warnings: readonly string[];
  /** Printed lines that do not count. */
  readonly ignored?: readonly string[];
}

/** What is known in addition to a planned change. */
export interface Context {
  readonly declarations: Declarations;
  /** What the state knows of certificates, by id. */
  readonly details: ReadonlyMap<string, Known>;
  /** Whether nothing else changes in the scope. */
  isAlone(planned: PlannedChange): boolean;
}

/**
 * Shows a planned change. What was printed adds names and dates, and says what is active already; but each id that the
 * engine adds or removes has its row, whatever was printed.
 */
export function changeOf(pair: Pair, context: Context): Shown {
  const { before, after } = pair.planned;
  if (before === "secret" || after === "secret") return secretChange(pair, context);
  if (!areKnown(before) || !areKnown(after)) return unknownChange(pair, context);
  return knownChange(pair, context);
}

function secretChange(pair: Pair, context: Context): Shown {
  const { planned, summary, rivals } = pair;
  const { scope, resource } = planned;
  const printed = summary && rivals.length === 0 ? `; the preview printed: ${summary.effect.change}` : "";
  return {
    summary: { ...effectOf(pair, SECRET_IDS, context), change: `${SECRET_IDS}${printed}` },
    rows: [{ change: "secret", name: null, scope }],
    warnings: [secretWarning(scope, resource), ...disputedWarnings(planned, rivals)],
  };
}

const SECRET_IDS = "the ids are secret and not shown";

/** A set of which at least one id is known only after its upload, so that the engine shows none. */
function unknownChange(pair: Pair, context: Context): Shown {
  const { planned, rivals } = pair;
  const { scope } = planned;
  const rows = distinct(printedOf(pair).flatMap((each) => each.rows)).map((row) => ({ ...row, scope }));
  return {
    summary: effectOf(pair, "ids known after upload", context),
    rows: rows.length > 0 ? rows : [{ change: "on", name: null, scope }],
    warnings: disputedWarnings(planned, rivals),
  };
}

function knownChange(pair: Pair, context: Context): Shown {
  const { planned, summary, rivals } = pair;
  const { rows, added, off, kept, unmentioned, stays } = rowsOf(pair, context.declarations, context.details);
  const warnings = [
    ...disputedWarnings(planned, rivals),
    ...unmentionedWarning(planned, planned.isPrinted && summary ? unmentioned : []),
    ...elsewhereWarning(planned, off, context.declarations),
  ];
  if (!planned.isPrinted && off.length === 0 && kept > 0) return { rows, warnings };
  const text = renderChange({
    ...{ unknown: 0, activate: added, adopted: 0, deactivate: off.length },
    ...{ unchanged: kept, unmanaged: 0 },
  });
  return { summary: effectOf(pair, text, context, stays), rows, warnings };
}

/**
 * @param text what the plan says, where nothing was printed that counts.
 * @param stays how many ids were printed as deactivated, and stay active.
 */
function effectOf(
  { planned, summary, rivals }: Pair,
  text: string,
  context: Context,
  stays = 0,
): ScopeSummary {
  if (summary && rivals.length === 0) return { ...correctedScope(summary, stays), scope: planned.scope };
  const effect = unverifiedScope(planned, text, context.isAlone(planned));
  return rivals.length > 0 ? disputedScope(effect, [summary, ...rivals]) : effect;
}
