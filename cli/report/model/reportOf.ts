import { plannedChanges } from "../input/plannedChange";
import type { Preview, PreviewStep } from "../input/preview";
import { NOTHING_PRINTED, readMessages } from "../input/printedMessages";
import type { Messages, PrintedSummary } from "../input/printedMessages";
import {
  HIDDEN,
  isActivation,
  isChanging,
  isRetained,
  isScaffold,
  isUpload,
  scopeBefore,
} from "../input/step";
import { areKnown, detailsIn, idsIn } from "../input/stored";
import { driftIn } from "./drift";
import { findDeclarations } from "./findDeclarations";
import type { FindDeclarations } from "./findDeclarations";
import type { Report, Row } from "./report";
import { rowsOf, unchangedOf } from "./rows";
import type { PlannedScope } from "./rows";
import { summaryOf } from "./scopeSummary";
import { activatedUploads, uploadRows } from "./uploadRows";
import { retainedText, warningsOf } from "./warnings";

/**
 * Makes the report of a preview, including one that failed. Which ids change is the engine's plan. Printed messages add to
 * it by id and by scope; a program can print anything, so they cannot remove anything from it.
 * @param now Unix seconds.
 */
export function reportOf({ steps, diagnostics }: Preview, now: number): Report {
  const changing = steps.filter(isChanging);
  const [activations, uploads] = [changing.filter(isActivation), changing.filter(isUpload)];
  const retained = [...activations, ...uploads].filter(isRetained).length;
  const { summaries, clients, warnings, errors, notes } = readMessages(diagnostics);
  const failed = errors.length > 0;

  // Two scopes may have the same name when a part of it is hidden.
  const byScope = Map.groupBy(plannedChanges(steps), ({ scope, urn }) => (HIDDEN.test(scope) ? urn : scope));
  const declarations = findDeclarations(steps);
  const outdated = outdatedWarnings(steps, declarations);
  const details = new Map(activations.flatMap(({ oldState }) => [...detailsIn(oldState?.outputs ?? {})]));
  const scopes = [...new Set([...byScope.keys(), ...(failed ? summaries.keys() : [])])].map((key) => {
    const changes = byScope.get(key) ?? [];
    const scope = changes[0]?.scope ?? key;
    const facts: PlannedScope = {
      printed: printedOf(scope, summaries) ?? NOTHING_PRINTED,
      fresh: activatedUploads(scope, activations, uploads),
      ...{ scope, changes, declarations, details, failed },
    };
    const rows = rowsOf(facts);
    return {
      rows,
      unchanged: unchangedOf(facts),
      summary: summaryOf(facts, rows),
      warnings: warningsOf(facts, rows),
    };
  });
  const rows = [...uploads.flatMap(uploadRows), ...scopes.flatMap((each) => each.rows)];
  const stack = /^urn:pulumi:([^:]+)::/.exec(steps[0]?.urn ?? "")?.[1];
  return {
    ...(stack !== undefined && { stack }),
    time: now,
    failed,
    rows: inOrder(rows),
    unchanged: scopes
      .flatMap((each) => each.unchanged)
      .filter(({ id, scope }) => !rows.some((row) => row.id === id && row.scope === scope)),
    scopes: scopes.flatMap(({ summary }) => summary ?? []),
    clients,
    drift: driftIn(steps),
    warnings: [
      ...scopes.flatMap((each) => each.warnings),
      ...warnings.filter((text) => !outdated.some((start) => text.startsWith(start))),
    ],
    errors,
    notes: [...(retained > 0 ? [retainedText(retained)] : []), ...notes],
    others: countByOp(changing.filter((step) => !isActivation(step) && !isUpload(step) && !isScaffold(step))),
  };
}

/** What was printed about a scope. A part of its name that is hidden stands for any text, where there is no doubt. */
function printedOf(scope: string, summaries: Messages["summaries"]): PrintedSummary | undefined {
  const [begin = "", end] = scope.split(HIDDEN);
  if (end === undefined) return summaries.get(scope);
  const [found, ...others] = [...summaries.keys()].filter(
    (name) => name.startsWith(begin) && name.endsWith(end),
  );
  return found === undefined || others.length > 0 ? undefined : summaries.get(found);
}

/** How warnings begin that are about certificates which the program no longer declares: a refresh checks these first. */
function outdatedWarnings(steps: readonly PreviewStep[], declarations: FindDeclarations): readonly string[] {
  return steps.filter(isActivation).flatMap((step) => {
    const [scope, ids] = [scopeBefore(step), idsIn(step.oldState?.inputs ?? {})];
    const isOpen = steps.some(
      ({ urn, newState }) => urn === step.urn && !areKnown(idsIn(newState?.inputs ?? {})),
    );
    if (isOpen || !areKnown(ids)) return [];
    return ids
      .filter((id) => !declarations(id).some((other) => other.scope === scope))
      .map((id) => `${scope}: ${id} `);
  });
}

const ORDER: readonly Row["change"][] = [
  ...([
    "secret",
    "deactivate",
    "delete",
    "replace",
    "upload",
    "activate",
    "adopt",
    "keep",
    "rename",
  ] as const),
];

/** What ends comes before what begins, and what follows from the program before what does not. */
function inOrder(rows: readonly Row[]): readonly Row[] {
  const rank = ({ change, unmanaged }: Row): number => 2 * ORDER.indexOf(change) + Number(unmanaged ?? false);
  return rows.toSorted((a, b) => rank(a) - rank(b));
}

function countByOp(steps: readonly PreviewStep[]): Readonly<Record<string, number>> {
  return Object.fromEntries([...Map.groupBy(steps, ({ op }) => op)].map(([op, { length }]) => [op, length]));
}
