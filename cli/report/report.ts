import type { Report } from "./model";
import type { Preview, PreviewStep } from "./preview";
import { readSaid } from "./said";
import { effectOfDelete, scopeOf, stateRows, uploadRow } from "./states";

const ACTIVATION = /:(?:Org|Project)CertificateActivation$/;
/** What a step does; the others are of the engine's own bookkeeping. */
const CHANGING: ReadonlySet<string> = new Set(["create", "update", "replace", "delete"]);

/** Reads a preview, also of one that failed. */
export function reportOf({ steps, diagnostics }: Preview): Report {
  const lines = diagnostics.flatMap(({ message, severity }) =>
    message.split("\n").flatMap((line) => (line.trim() === "" ? [] : [{ line, severity }])),
  );
  const said = lines.filter(({ severity }) => severity !== "error").map(({ line }) => line);
  const changing = steps.filter(({ op }) => CHANGING.has(op));
  const activations = changing.filter((step) => ACTIVATION.test(typeOf(step)));
  const told = readSaid(said, (scope) => activations.filter((step) => scopeOf(step) === scope).length);
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
