import { isDeepStrictEqual } from "node:util";
import { formatCertificate } from "../../../provider/shared/format";
import type { PreviewStep } from "../input/preview";
import { isActivation, isUpload, nameOf, scopeBefore } from "../input/step";
import { areKnown, detailsIn, idsIn } from "../input/stored";

type State = PreviewStep["oldState"];

/**
 * What a refresh before the preview found to be changed outside of the program, in words. The engine does not write what
 * a refresh has found; it is what the resource's next step begins with.
 */
export function driftIn(steps: readonly PreviewStep[]): readonly string[] {
  const found = steps.flatMap((step) => {
    const next = steps.find(({ urn, op }) => urn === step.urn && op !== "refresh");
    if (step.op !== "refresh" || !step.oldState || !next) return [];
    if (isActivation(step)) return driftOfSet(step, next.oldState);
    return isUpload(step) ? driftOfUpload(step, next.oldState) : [];
  });
  return [...new Set(found)];
}

function driftOfSet(step: PreviewStep, found: State): readonly string[] {
  const [old, now] = [step.oldState?.outputs ?? {}, found?.outputs ?? {}];
  const [before, after] = [idsIn(old), idsIn(now)];
  const scope = scopeBefore(step);
  if (!areKnown(before) || !areKnown(after)) {
    const isSame = isDeepStrictEqual([...detailsIn(old).keys()], [...detailsIn(now).keys()]);
    return isSame ? [] : [`${scope}: other certificates are active; the ids are secret and not shown`];
  }
  const known = new Map([...detailsIn(old), ...detailsIn(now)]);
  const named = (id: string): string => formatCertificate({ id, name: known.get(id)?.name ?? null });
  return [
    ...before.filter((id) => !after.includes(id)).map((id) => `${scope}: ${named(id)} is no longer active`),
    ...after.filter((id) => !before.includes(id)).map((id) => `${scope}: ${named(id)} became active`),
  ];
}

function driftOfUpload(step: PreviewStep, found: State): readonly string[] {
  const before = nameIn(step.oldState);
  const certificate = formatCertificate({ id: step.oldState?.id ?? nameOf(step), name: before });
  if (!found) return [`${certificate} was deleted`];
  const after = nameIn(found);
  if (after === before) return [];
  return [`${certificate} ${after === null ? "lost its name" : `is now called ${JSON.stringify(after)}`}`];
}

function nameIn(state: State): string | null {
  const name = state?.outputs["name"];
  return typeof name === "string" ? name : null;
}
