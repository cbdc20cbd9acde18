import { counted } from "../../provider/review/words";
import type { Change, Effect, Row, ScopeChange } from "./model";
import type { PreviewStep } from "./preview";
import { isRetained, scopeAfter, scopeBefore } from "./step";
import { detailsIn, idsIn } from "./stored";

/**
 * What the state says of a change of which the provider said nothing: the preview could not look, or the engine does not
 * ask the provider, as for a removal.
 * @param isAlone whether nothing else changes in the scope that a removal is of.
 */
export function untoldChanges(step: PreviewStep, isAlone: boolean): readonly ScopeChange[] {
  if (isRetained(step)) return [];
  const before = idsIn(step.oldState?.outputs ?? {}) ?? [];
  const after = idsIn(step.newState?.inputs ?? {});
  switch (step.op) {
    case "delete":
      return [scopeChange(step, scopeBefore(step), [], before, isAlone ? enforcementAfter(step) : {})];
    case "replace":
      return [
        scopeChange(step, scopeAfter(step), after, []),
        scopeChange(step, scopeBefore(step), [], before),
      ];
    default:
      return [scopeChange(step, scopeAfter(step), after, before)];
  }
}

/** @param after undefined when the ids are known only after their upload. */
function scopeChange(
  { oldState }: PreviewStep,
  scope: string,
  after: readonly string[] | undefined,
  before: readonly string[],
  enforcement: Pick<Effect, "enforcement"> = {},
): ScopeChange {
  const known = detailsIn(oldState?.outputs ?? {});
  const row = (change: Change, id: string): Row => ({ change, name: null, id, ...known.get(id), scope });
  if (after === undefined) {
    const effect = { scope, change: "ids known after the upload", verified: false };
    return { effect, rows: [{ change: "on", name: null, scope }] };
  }
  const on = after.filter((id) => !before.includes(id));
  const off = before.filter((id) => !after.includes(id));
  return {
    effect: { scope, change: changeText(on.length, off.length), ...enforcement, verified: false },
    rows: [...on.map((id) => row("on", id)), ...off.map((id) => row("off", id))],
  };
}

function changeText(on: number, off: number): string {
  const parts = [...(on > 0 ? [`activate ${on}`] : []), ...(off > 0 ? [`deactivate ${off}`] : [])];
  return parts.join(", ") || "nothing to activate or deactivate";
}

/** What a removal makes of enforcement, as far as the state knows. */
function enforcementAfter({ oldState }: PreviewStep): Pick<Effect, "enforcement"> {
  const others = Object.keys(oldState?.outputs["unmanagedActiveCertificateIds"] ?? {});
  return { enforcement: others.length > 0 ? "stays ON" : "turns OFF" };
}

/** What is said of resources that leave the stack, while their certificates stay as they are. */
export function retainedText(count: number): string {
  return `${counted(count, "resource")} of certificates leave${count === 1 ? "s" : ""} the stack and nothing else (retainOnDelete)`;
}
