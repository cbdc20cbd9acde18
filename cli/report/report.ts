import { errorText, linesOf } from "./diagnostics";
import { driftIn } from "./drift";
import type { Effect, Report, Row, ScopeChange } from "./model";
import type { Preview, PreviewStep } from "./preview";
import { readSaid } from "./said";
import { isActivation, isChanging, isRetained, isScaffold, isUpload, scopeAfter, scopeBefore } from "./step";
import { retainedText, untoldChanges } from "./untold";
import { uploadRows } from "./uploads";

/** Reads a preview, also of one that failed. */
export function reportOf({ steps, diagnostics }: Preview): Report {
  const changing = steps.filter(isChanging);
  const activations = changing.filter(isActivation);
  const uploads = changing.filter(isUpload);
  const retained = [...activations, ...uploads].filter(isRetained).length;

  const lines = linesOf(diagnostics);
  const said = readSaid(lines.said, (scope) => activations.filter((step) => isTold(step, scope)).length);
  const untold = activations.flatMap((step) => {
    const isAlone = activations.filter((other) => scopesOf(other).includes(scopeBefore(step))).length === 1;
    return untoldChanges(step, isAlone).filter(
      ({ effect: { scope } }) =>
        step.op === "delete" || !said.told.some(({ effect }) => effect.scope === scope),
    );
  });
  const changes = [...said.told, ...untold].map((change) => withUploads(change, activations, uploads));
  const errors = diagnostics.filter(({ severity }) => severity === "error").map(errorText);
  return {
    failed: errors.length > 0,
    rows: [...uploads.flatMap(uploadRows), ...changes.flatMap(({ rows }) => rows)],
    effects: changes.map(({ effect }): Effect => effect),
    drift: driftIn(steps),
    warnings: [...new Set([...said.warnings, ...lines.warnings])],
    errors: [...new Set(errors)],
    remarks: [...said.remarks, ...(retained > 0 ? [retainedText(retained)] : [])],
    others: countByOp(changing.filter((step) => !isActivation(step) && !isUpload(step) && !isScaffold(step))),
  };
}

/** Whether the provider tells, when asked, what a step does in a scope. The engine does not ask before a removal. */
function isTold(step: PreviewStep, scope: string): boolean {
  return step.op !== "delete" && scopesOf(step).includes(scope);
}

function scopesOf(step: PreviewStep): readonly string[] {
  return step.op === "replace" ? [scopeAfter(step), scopeBefore(step)] : [scopeAfter(step)];
}

/** Says of ids that are known only after their upload which uploads these are, where that is beyond doubt. */
function withUploads(
  { effect, rows }: ScopeChange,
  activations: readonly PreviewStep[],
  uploads: readonly PreviewStep[],
): ScopeChange {
  const unknown = rows.filter(({ id }) => id === undefined);
  const urns = activations
    .filter((step) => scopeAfter(step) === effect.scope)
    .flatMap(({ newState }) => newState?.propertyDependencies["certificateIds"] ?? []);
  const fresh = uploads
    .filter(({ urn, op }) => urns.includes(urn) && (op === "create" || op === "replace"))
    .flatMap(uploadRows)
    .map(({ name, validFrom, expires }): Row => ({
      change: "on",
      name,
      ...(validFrom !== undefined && { validFrom }),
      ...(expires !== undefined && { expires }),
      scope: effect.scope,
    }));
  if (unknown.length === 0 || fresh.length !== unknown.length) return { effect, rows };
  return { effect, rows: [...fresh, ...rows.filter(({ id }) => id !== undefined)] };
}

function countByOp(steps: readonly PreviewStep[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { op } of steps) counts.set(op, (counts.get(op) ?? 0) + 1);
  return Object.fromEntries(counts);
}
