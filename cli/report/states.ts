import { X509Certificate } from "node:crypto";
import * as v from "valibot";
import { UNKNOWN } from "../../provider/dynamic/unknown";
import { day } from "../../provider/review/words";
import type { Change, Effect, Row } from "./model";
import type { PreviewStep, Properties } from "./preview";

/** What the states say of a change that the preview could not look at, or of a removal. */
export function stateRows(step: PreviewStep): readonly Row[] {
  const { op, oldState, newState } = step;
  if (op === "delete" && oldState?.retainOnDelete) return [];
  const scope = scopeOf(step);
  const known = detailsIn(oldState?.outputs ?? {});
  const before = idsIn(oldState?.outputs ?? {});
  const after = op === "delete" ? [] : idsIn(newState?.inputs ?? {});
  if (after === undefined) return [{ change: "on", name: null, scope }];
  const row = (change: Change, id: string): Row => ({ change, name: null, id, ...known.get(id), scope });
  return [
    ...after.filter((id) => !before?.includes(id)).map((id) => row("on", id)),
    ...(before ?? []).filter((id) => !after.includes(id)).map((id) => row("off", id)),
  ];
}

/** What a removal makes of enforcement, as far as the state knows. */
export function effectOfDelete({ op, oldState }: PreviewStep): Pick<Effect, "enforcement"> {
  if (op !== "delete" || oldState?.retainOnDelete !== false) return {};
  const others = Object.keys(oldState.outputs["unmanagedActiveCertificateIds"] ?? {});
  return { enforcement: others.length > 0 ? "stays ON" : "turns OFF" };
}

/** What happens to a certificate that the program uploads. */
export function uploadRow({ op, oldState, newState }: PreviewStep): readonly Row[] {
  const changes: Readonly<Record<string, Change>> = {
    create: "upload",
    update: "rename",
    replace: "replace",
    delete: "delete",
  };
  const change = changes[op];
  if (change === undefined) return [];
  const { name, certificate } = { ...oldState?.outputs, ...(newState ?? oldState)?.inputs };
  return [
    {
      change,
      name: typeof name === "string" && name !== UNKNOWN ? name : null,
      ...(typeof certificate === "string" && validityIn(certificate)),
    },
  ];
}

/** From when to when a certificate is valid; nothing when its text is not known yet. */
function validityIn(pem: string): Pick<Row, "validFrom" | "expires"> {
  try {
    const { validFromDate, validToDate } = new X509Certificate(pem);
    return { validFrom: day(validFromDate.getTime() / 1000), expires: day(validToDate.getTime() / 1000) };
  } catch {
    return {};
  }
}

/** The ids of a set; undefined when they are not known. */
function idsIn({ certificateIds }: Properties): readonly string[] | undefined {
  if (certificateIds === UNKNOWN) return undefined;
  return typeof certificateIds === "object" ? Object.keys(certificateIds ?? {}).sort() : [];
}

const details = v.record(
  v.string(),
  v.object({
    name: v.nullable(v.string()),
    certificateDetails: v.object({ validAt: v.optional(v.number()), expiresAt: v.optional(v.number()) }),
  }),
);

function detailsIn({
  certificates,
}: Properties): ReadonlyMap<string, Pick<Row, "name" | "validFrom" | "expires">> {
  const parsed = v.safeParse(details, certificates);
  const entries = Object.entries(parsed.success ? parsed.output : {});
  return new Map(
    entries.map(
      ([
        id,
        {
          name,
          certificateDetails: { validAt, expiresAt },
        },
      ]) => [
        id,
        {
          name,
          ...(validAt !== undefined && { validFrom: day(validAt) }),
          ...(expiresAt !== undefined && { expires: day(expiresAt) }),
        },
      ],
    ),
  );
}

/** A scope as the provider calls it. */
export function scopeOf({ op, oldState, newState }: PreviewStep): string {
  const { projectId, connection } = (op === "delete" ? oldState?.outputs : newState?.inputs) ?? {};
  const where = typeof projectId === "string" ? `project ${projectId}` : "the organization";
  return typeof connection === "string" ? `${connection}: ${where}` : where;
}
