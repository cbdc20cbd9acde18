import { idsOf } from "../../../provider/resource/setShapes";
import type { PreviewStep } from "./preview";
import { isActivation, isChanging, isRetained, nameOf, scopeAfter, scopeBefore } from "./step";
import { idsIn } from "./stored";
import type { Ids } from "./stored";

/** What a resource changes in one scope, as the engine has it: from the stack's state and the program's arguments. */
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
  /** Whether the resource is deleted. The engine does not call the provider before that. */
  readonly isDelete: boolean;
  /** Other certificates that are active in the scope according to the state; undefined without a state. */
  readonly unmanaged?: readonly string[];
}

export function plannedChanges(steps: readonly PreviewStep[]): readonly PlannedChange[] {
  return steps
    .filter((step) => isChanging(step) && isActivation(step) && !isRetained(step))
    .flatMap(changesOf);
}

function changesOf(step: PreviewStep): readonly PlannedChange[] {
  const { inputs: oldInputs = {}, outputs = {} } = step.oldState ?? {};
  const { exclusive, ...inputs } = step.newState?.inputs ?? {};
  // Outputs alone may be secret, by `additionalSecretOutputs`.
  const stored = idsIn(outputs);
  const before = stored === "secret" ? idsIn(oldInputs) : stored;
  const after = step.op === "delete" ? [] : idsIn(inputs);
  const base = {
    urn: step.urn,
    resource: nameOf(step),
    isExclusive: step.op !== "delete" && exclusive !== undefined && exclusive !== false,
    isDelete: step.op === "delete",
  };
  const unmanaged = step.oldState ? { unmanaged: idsOf(outputs["unmanagedActiveCertificateIds"]) } : {};
  const [from, to] = [step.oldState ? scopeBefore(step) : scopeAfter(step), scopeAfter(step)];
  if (from === to) return [{ ...base, scope: to, before, after, ...unmanaged }];
  return [
    { ...base, scope: to, before: [], after },
    { ...base, scope: from, before, after: [], isExclusive: false, ...unmanaged },
  ];
}
