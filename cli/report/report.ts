import { X509Certificate } from "node:crypto";
import * as v from "valibot";
import { UNKNOWN } from "../../provider/dynamic/unknown";
import { readCertificate, readHeadline, readWarning } from "../../provider/review/readText";
import { day } from "../../provider/review/words";
import type { Preview, PreviewStep, Properties } from "./preview";

/** What happens to one certificate. */
export interface Row {
  readonly change: Change;
  /** Null when it has none, or none is known. */
  readonly name: string | null;
  /** Undefined when it is known only after the upload. */
  readonly id?: string;
  readonly validFrom?: string;
  readonly expires?: string;
  /** Where: "the organization", "project proj_abc"; undefined for the upload itself. */
  readonly scope?: string;
}

export type Change =
  "on" | "off" | "off, because the set is exclusive" | "upload" | "rename" | "replace" | "delete";

/** What happens in one scope. */
export interface Effect {
  readonly scope: string;
  /** "activate 2, deactivate 1, leave 11"; undefined when the preview could not look. */
  readonly change?: string;
  /** "turns ON" and so on; undefined when the preview could not look. */
  readonly enforcement?: string;
  /** "3 API calls"; undefined when the preview could not look. */
  readonly calls?: string;
}

/** A preview as a reviewer needs it. */
export interface Report {
  readonly failed: boolean;
  readonly rows: readonly Row[];
  readonly effects: readonly Effect[];
  readonly warnings: readonly string[];
  readonly errors: readonly string[];
  /** What the provider said besides: what a change of enforcement means, that ids were not verified. */
  readonly remarks: readonly string[];
  /** How many other resources of the stack change, by what happens to them. */
  readonly others: Readonly<Record<string, number>>;
}

const ACTIVATION = /:(?:Org|Project)CertificateActivation$/;
/** What a step does; the others are of the engine's own bookkeeping. */
const CHANGING: ReadonlySet<string> = new Set(["create", "update", "replace", "delete"]);

/** Reads a preview, also of one that failed. */
export function reportOf({ steps, diagnostics }: Preview): Report {
  const lines = diagnostics.flatMap(({ message, severity }) =>
    message.split("\n").flatMap((line) => (line.trim() === "" ? [] : [{ line, severity }])),
  );
  const said = lines.filter(({ severity }) => severity !== "error").map(({ line }) => line);
  const told = readSaid(said);
  const changing = steps.filter(({ op }) => CHANGING.has(op));
  const activations = changing.filter((step) => ACTIVATION.test(typeOf(step)));
  const untold = activations.filter((step) => !told.effects.some(({ scope }) => scope === scopeOf(step)));
  const uploads = changing.filter((step) => typeOf(step).endsWith("dynamic/openai:Certificate"));
  const others = changing.filter(
    (step) =>
      !ACTIVATION.test(typeOf(step)) &&
      !typeOf(step).endsWith("dynamic/openai:Certificate") &&
      !isStack(step),
  );
  const errors = diagnostics.flatMap(({ message, severity }) =>
    severity === "error" ? [reasonIn(message)] : [],
  );
  return {
    failed: errors.length > 0,
    rows: [...uploads.flatMap(uploadRow), ...told.rows, ...untold.flatMap(stateRows)],
    effects: [...told.effects, ...untold.map((step) => ({ scope: scopeOf(step), ...effectOfDelete(step) }))],
    warnings: told.warnings,
    errors: [...new Set(errors)],
    remarks: told.remarks,
    others: Object.fromEntries(
      Object.entries(Object.groupBy(others, ({ op }) => op)).map(([op, of]) => [op, of?.length ?? 0]),
    ),
  };
}

type Said = Pick<Report, "rows" | "effects" | "warnings" | "remarks">;

/** Reads the provider's own lines: each headline is followed by what belongs to it. */
function readSaid(lines: readonly string[]): Said {
  const rows: Row[] = [];
  const effects: Effect[] = [];
  const warnings: string[] = [];
  const remarks: string[] = [];
  for (const line of lines) {
    const headline = readHeadline(line);
    const scope = effects.at(-1)?.scope;
    const certificate = scope === undefined ? undefined : readCertificate(line);
    const warning = readWarning(line) ?? /^(.+: )?warning: (.+)$/.exec(line)?.[0];
    if (headline) {
      effects.push(headline);
      const unknown = Number(/^(\d+) ids? known after/.exec(headline.change)?.[1] ?? 0);
      for (let each = 0; each < unknown; each += 1)
        rows.push({ change: "on", name: null, scope: headline.scope });
    } else if (certificate && scope !== undefined) {
      const { sign, collateral, ...details } = certificate;
      const off = collateral ? "off, because the set is exclusive" : "off";
      rows.push({ change: sign === "+" ? "on" : off, ...details, scope });
    } else if (warning !== undefined) warnings.push(warning);
    else remarks.push(line.trim());
  }
  return { rows, effects, warnings, remarks };
}

/** What the states say of a change that the preview could not look at, or of a removal. */
function stateRows(step: PreviewStep): readonly Row[] {
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

function effectOfDelete({ op, oldState }: PreviewStep): Pick<Effect, "enforcement"> {
  if (op !== "delete" || oldState?.retainOnDelete !== false) return {};
  const others = Object.keys(oldState.outputs["unmanagedActiveCertificateIds"] ?? {});
  return { enforcement: others.length > 0 ? "stays ON" : "turns OFF" };
}

function uploadRow({ op, oldState, newState }: PreviewStep): readonly Row[] {
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
function scopeOf({ op, oldState, newState }: PreviewStep): string {
  const { projectId, connection } = (op === "delete" ? oldState?.outputs : newState?.inputs) ?? {};
  const where = typeof projectId === "string" ? `project ${projectId}` : "the organization";
  return typeof connection === "string" ? `${connection}: ${where}` : where;
}

function typeOf({ oldState, newState }: PreviewStep): string {
  return (newState ?? oldState)?.type ?? "";
}

function isStack(step: PreviewStep): boolean {
  return typeOf(step) === "pulumi:pulumi:Stack" || typeOf(step).startsWith("pulumi:providers:");
}

/** An error without what the engine puts around a failed check. */
function reasonIn(message: string): string {
  const check =
    /resource '(?<resource>[^']+)':? (?:property (?<property>\S+) value [\s\S]*? )?has a problem: (?<reason>[\s\S]+)$/.exec(
      message,
    );
  const { resource, property, reason } = check?.groups ?? {};
  if (resource === undefined || reason === undefined) return message.trim().replace(/^error: /, "");
  return `${resource}: ${property === undefined ? "" : `${property}: `}${reason.trim()}`;
}
