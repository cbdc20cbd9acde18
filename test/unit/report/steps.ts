import { parsePreview } from "../../../cli/report/input/preview";
import type { Report } from "../../../cli/report/model/report";
import { reportOf } from "../../../cli/report/model/reportOf";
import type { UNKNOWN } from "../../../provider/resource/resource";

/** Unix seconds. */
export const NOW = 1_800_000_000;

export const TYPE = "pulumi-nodejs:dynamic/openai-certificates:OrgCertificateActivation";

/** Ids of a set, or what the engine writes in place of a secret value, or of one that is not known yet. */
type Set = readonly string[] | "[secret]" | typeof UNKNOWN;

/** A step of the engine for one activation of the organization. */
export interface StepOf<S extends Set = Set> {
  readonly op?: "create" | "update" | "delete" | "replace" | "refresh" | "same";
  readonly name?: string;
  /** The type of the component that it is in. */
  readonly parent?: string;
  readonly before?: S;
  readonly after?: S;
  readonly exclusive?: boolean;
  /** More arguments, of before and after. */
  readonly more?: Readonly<Record<string, unknown>>;
  readonly moreBefore?: Readonly<Record<string, unknown>>;
}

/** A step as `pulumi preview --json` writes it. */
function stepJson({
  name = "mtls",
  parent,
  before,
  after,
  op = before === undefined ? "create" : after === undefined ? "delete" : "update",
  exclusive = false,
  more = {},
  moreBefore = more,
}: StepOf): object {
  const byId = (set: Set) =>
    typeof set === "string" ? set : Object.fromEntries(set.map((id) => [id, "active"]));
  const state = (set: Set, extra: object) => ({
    type: TYPE,
    inputs: { certificateIds: byId(set), exclusive, ...extra },
    outputs: { certificateIds: byId(set), exclusive, unmanagedActiveCertificateIds: {}, ...extra },
  });
  return {
    op,
    urn: `urn:pulumi:dev::program::${parent === undefined ? "" : `${parent}$`}${TYPE}::${name}`,
    ...(before !== undefined && { oldState: state(before, moreBefore) }),
    ...(after !== undefined && { newState: state(after, more) }),
  };
}

/** The report of a preview with these steps and these printed lines. */
export function reported(steps: readonly StepOf[], lines: readonly string[], error?: string): Report {
  const diagnostics = [
    ...lines.map((line) => ({ message: `${line}\n\n`, severity: "info" })),
    ...(error === undefined ? [] : [{ message: error, severity: "error" }]),
  ];
  return reportOf(parsePreview(JSON.stringify({ steps: steps.map(stepJson), diagnostics })), NOW);
}

/** Rows in short: what happens to which id. */
export function shortRows({ rows }: Report): readonly string[] {
  return rows.map(({ change, id = "?", from, to }) =>
    [
      change,
      id,
      ...(from === undefined ? [] : [`from ${from}`]),
      ...(to === undefined ? [] : [`to ${to}`]),
    ].join(" "),
  );
}
