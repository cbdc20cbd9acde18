import { X509Certificate } from "node:crypto";
import { UNKNOWN } from "../../../provider/resource/unknown";
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
      ...validityIn(certificate),
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

/** From when to when a certificate is valid; nothing when its text is not known yet. */
function validityIn(pem: unknown): Pick<Row, "validFrom" | "expires"> {
  if (typeof pem !== "string" || pem === UNKNOWN) return {};
  try {
    const { validFromDate, validToDate } = new X509Certificate(pem);
    return {
      validFrom: formatDay(validFromDate.getTime() / 1000),
      expires: formatDay(validToDate.getTime() / 1000),
    };
  } catch {
    return {};
  }
}
