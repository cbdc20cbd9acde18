import type { PreviewStep } from "./preview";
import { isRetained, nameOf, scopeAfter, scopeBefore } from "./step";
import { idsIn } from "./stored";
import type { Ids } from "./stored";

/** What a step changes in one scope, as the engine has it: from the stack's state and the program's arguments. */
export interface PlannedChange {
  readonly urn: string;
  /** The resource's name in the program. */
  readonly resource: string;
  readonly scope: string;
  /** The ids that the state has. */
  readonly before: Ids;
  /** The ids that the program declares. */
  readonly after: Ids;
  /** Whether other certificates of the scope may be deactivated, too. */
  readonly isExclusive: boolean;
  /** Whether the provider prints a summary of it. The engine does not call the provider before a delete. */
  readonly isPrinted: boolean;
  /** Whether the provider may print two summaries of it: of the update, and of the new resource. */
  readonly mayPrintTwice: boolean;
  /** For a set whose drift was found: the ids declared before, of which the provider may print a summary first. */
  readonly declaredBefore?: Ids;
  /** Whether other certificates are active in the scope, as far as the state knows. */
  readonly hasUnmanaged: boolean;
}

/** @param steps all steps of the preview. */
export function plannedChanges(step: PreviewStep, steps: readonly PreviewStep[]): readonly PlannedChange[] {
  if (isRetained(step)) return [];
  const outputs = step.oldState?.outputs ?? {};
  const inputs = step.newState?.inputs ?? {};
  const refresh = steps.find(({ op, urn }) => op === "refresh" && urn === step.urn);
  const base = {
    urn: step.urn,
    resource: nameOf(step),
    isExclusive: step.op !== "delete" && inputs["exclusive"] !== undefined && inputs["exclusive"] !== false,
    isPrinted: step.op !== "delete",
    mayPrintTwice: false,
    ...(refresh?.oldState && { declaredBefore: idsIn(refresh.oldState.inputs) }),
    hasUnmanaged: Object.keys(outputs["unmanagedActiveCertificateIds"] ?? {}).length > 0,
  };
  // Outputs alone may be secret, by `additionalSecretOutputs`.
  const stored = idsIn(outputs);
  const before = stored === "secret" ? idsIn(step.oldState?.inputs ?? {}) : stored;
  const after = idsIn(inputs);
  const [from, to] = [scopeBefore(step), scopeAfter(step)];
  if (step.op === "delete") return [{ ...base, scope: from, before, after: [] }];
  if (step.op !== "replace") return [{ ...base, scope: to, before, after }];
  if (from === to) return [{ ...base, scope: to, before, after, mayPrintTwice: true }];
  return [
    { ...base, scope: to, before: [], after },
    { ...base, scope: from, before, after: [], isExclusive: false },
  ];
}
