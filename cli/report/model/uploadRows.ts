import { describeCertificate } from "../../../provider/planSummary/identity";
import { UNKNOWN } from "../../../provider/resource/resource";
import { formatDay } from "../../../provider/shared/format";
import type { PreviewStep } from "../input/preview";
import { isActivation, isRetained, scopeAfter } from "../input/step";
import type { Change, Row } from "./report";

const CHANGES: Readonly<Record<string, Change>> = {
  create: "upload",
  update: "rename",
  replace: "replace",
  delete: "delete",
};

/** What happens to a certificate that the program uploads. */
export function uploadRows(step: PreviewStep): readonly Row[] {
  const { op, oldState, newState } = step;
  const change = CHANGES[op];
  if (change === undefined || isRetained(step)) return [];
  const { name, certificate } = { ...oldState?.outputs, ...(newState ?? oldState)?.inputs };
  const id = oldState?.id;
  return [
    {
      change,
      name: textIn(name),
      ...(change === "rename" && { formerName: textIn(oldState?.outputs["name"]) }),
      ...(id !== undefined && (change === "replace" ? { replacedId: id } : { id })),
      ...describedBy(certificate),
      scope: scopeAfter(step),
    },
  ];
}

/** The certificates that are uploaded in this update and that the sets of a scope activate. */
export function activatedUploads(
  scope: string,
  steps: readonly PreviewStep[],
  uploads: readonly PreviewStep[],
): readonly Row[] {
  const urns = steps
    .filter((step) => isActivation(step) && scopeAfter(step) === scope)
    .flatMap(({ newState }) => newState?.propertyDependencies["certificateIds"] ?? []);
  return uploads
    .filter(({ urn, op }) => urns.includes(urn) && (op === "create" || op === "replace"))
    .flatMap(uploadRows)
    .map(({ replacedId, ...row }) => ({ ...row, change: "activate", scope }));
}

function textIn(value: unknown): string | null {
  return typeof value === "string" && value !== UNKNOWN ? value : null;
}

/** What the text of a certificate says; nothing when it is not known yet. */
function describedBy(pem: unknown): Partial<Row> {
  const described = typeof pem === "string" ? describeCertificate(pem) : undefined;
  if (!described) return {};
  const { identity, validAt, expiresAt } = described;
  return { validFrom: formatDay(validAt), expires: formatDay(expiresAt), identity };
}
