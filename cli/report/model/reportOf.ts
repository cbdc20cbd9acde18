import { errorText, linesOf } from "../input/diagnostics";
import { parseMessages } from "../input/messages";
import type { PrintedSummary } from "../input/messages";
import { plannedChanges } from "../input/plannedChange";
import type { PlannedChange } from "../input/plannedChange";
import type { Preview, PreviewStep } from "../input/preview";
import { isActivation, isChanging, isRetained, isScaffold, isUpload, mayBe, scopeAfter } from "../input/step";
import { areKnown, detailsIn } from "../input/stored";
import { changeOf } from "./changeOf";
import type { Shown } from "./changeOf";
import { driftIn } from "./drift";
import { declarationsIn } from "./moves";
import type { Declarations } from "./moves";
import { pairUp } from "./pairing";
import type { Report, Row } from "./report";
import { inOrder } from "./rows";
import { uploadRows } from "./uploads";
import { retainedText, unexplainedWarning } from "./warnings";

/**
 * Makes the report of a preview, including one that failed. The engine's steps are the source of what changes; printed
 * messages are compared with them, because a program can print anything.
 */
export function reportOf({ steps, diagnostics }: Preview): Report {
  const changing = steps.filter(isChanging);
  const activations = changing.filter(isActivation);
  const uploads = changing.filter(isUpload);
  const retained = [...activations, ...uploads].filter(isRetained).length;

  const lines = linesOf(diagnostics);
  const messages = parseMessages(lines.messages);
  const errors = diagnostics.filter(({ severity }) => severity === "error").map(errorText);
  const planned = activations.flatMap((step) => plannedChanges(step, steps));
  const { pairs, unexplained } = pairUp(planned, messages.summaries);
  const context = {
    declarations: declarationsIn(steps.filter(isActivation), planned),
    details: new Map(activations.flatMap(({ oldState }) => [...detailsIn(oldState?.outputs ?? {})])),
    isAlone: ({ scope }: PlannedChange) => planned.filter((each) => each.scope === scope).length === 1,
  };
  const outdated = planned.flatMap((each) => outdatedWarnings(each, context.declarations));
  const shown = [
    ...pairs.map((pair) => changeOf(pair, context)),
    ...unexplained.map((summary) => unexplainedChange(summary, planned, errors.length > 0)),
  ].map((each) => withUploads(each, activations, uploads));
  return {
    failed: errors.length > 0,
    rows: [...uploads.flatMap(uploadRows), ...inOrder(shown.flatMap(({ rows }) => rows))],
    scopes: shown.flatMap(({ summary }) => summary ?? []),
    drift: driftIn(steps),
    // What the report itself finds comes first: printed lines may be many.
    warnings: [
      ...new Set([
        ...shown.flatMap(({ warnings }) => warnings),
        ...[...messages.warnings, ...lines.warnings].filter(
          (text) => !outdated.some((start) => text.startsWith(start)),
        ),
      ]),
    ],
    errors: [...new Set(errors)],
    notes: [
      ...(retained > 0 ? [retainedText(retained)] : []),
      ...messages.notes,
      ...shown.flatMap(({ ignored = [] }) => ignored),
    ],
    others: countByOp(changing.filter((step) => !isActivation(step) && !isUpload(step) && !isScaffold(step))),
  };
}

/**
 * How warnings begin that the provider printed before it found the drift of a set: of ids that were declared before and
 * no longer are.
 */
function outdatedWarnings(
  { scope, urn, declaredBefore = [], after }: PlannedChange,
  declarations: Declarations,
): readonly string[] {
  if (!areKnown(declaredBefore) || !areKnown(after)) return [];
  return declaredBefore
    .filter((id) => !after.includes(id) && declarations.otherIn(scope, id, urn) === undefined)
    .map((id) => `${scope}: ${id} `);
}

/**
 * Shows a printed summary that fits no planned change. Only a preview that failed may lack the step that it is of: it is
 * shown as it was printed.
 */
function unexplainedChange(
  summary: PrintedSummary,
  planned: readonly PlannedChange[],
  hasFailed: boolean,
): Shown {
  const { effect, rows, lines } = summary;
  if (hasFailed) return { summary: effect, rows, warnings: [] };
  const hasChanges = planned.some(({ scope }) => mayBe(scope, effect.scope));
  return {
    rows: [],
    warnings: [unexplainedWarning(summary, hasChanges)],
    ignored: lines.map((line) => `ignored: ${line.trim()}`),
  };
}

/** Names the uploads of ids that are known only after upload, where there is no doubt about which these are. */
function withUploads(
  change: Shown,
  activations: readonly PreviewStep[],
  uploads: readonly PreviewStep[],
): Shown {
  const { summary, rows } = change;
  if (!summary) return change;
  const unknown = rows.filter(({ change, id }) => change === "on" && id === undefined);
  const urns = activations
    .filter((step) => scopeAfter(step) === summary.scope)
    .flatMap(({ newState }) => newState?.propertyDependencies["certificateIds"] ?? []);
  const fresh = uploads
    .filter(({ urn, op }) => urns.includes(urn) && (op === "create" || op === "replace"))
    .flatMap(uploadRows)
    .map(({ name, validFrom, expires }): Row => ({
      change: "on",
      name,
      ...(validFrom !== undefined && { validFrom }),
      ...(expires !== undefined && { expires }),
      scope: summary.scope,
    }));
  if (unknown.length === 0 || fresh.length !== unknown.length) return change;
  return { ...change, rows: [...fresh, ...rows.filter(({ id }) => id !== undefined)] };
}

function countByOp(steps: readonly PreviewStep[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { op } of steps) counts.set(op, (counts.get(op) ?? 0) + 1);
  return Object.fromEntries(counts);
}
