import { parsePreview } from "../../../cli/report/preview";
import { reportOf } from "../../../cli/report/report";

const TYPE = "pulumi-nodejs:dynamic/openai:OrgCertificateActivation";

/** A preview with steps of activations and what the provider said. */
function reported(lines: readonly string[], ops: readonly string[]) {
  const state = { type: TYPE, inputs: { certificateIds: { cert_a: "active" } }, outputs: {} };
  return reportOf(
    parsePreview(
      JSON.stringify({
        steps: ops.map((op) => ({ op, urn: "urn", oldState: state, newState: state })),
        diagnostics: lines.map((line) => ({ message: `${line}\n\n`, severity: "info" })),
      }),
    ),
  );
}

const about = (id: string, change = "activate 1") => [
  `the organization: ${change}; enforcement stays ON; 2 API calls`,
  `  + ${id}, expires 2100-01-01 (in 9 days)`,
  `  warning: ${id} expires soon`,
];

test("of a set whose drift was found, only what was said last counts", () => {
  const { rows, effects, warnings } = reported(
    [...about("cert_a"), ...about("cert_b")],
    ["refresh", "update"],
  );
  expect(rows.map(({ id }) => id)).toEqual(["cert_b"]);
  expect(effects).toHaveLength(1);
  expect(warnings).toEqual(["cert_b expires soon"]);
});

test("of two sets in one scope, what was said of each counts", () => {
  const { rows, effects } = reported([...about("cert_a"), ...about("cert_b")], ["update", "update"]);
  expect(rows.map(({ id }) => id)).toEqual(["cert_a", "cert_b"]);
  expect(effects).toHaveLength(2);
});

test("what is said of nothing in particular is a remark", () => {
  const { remarks, rows } = reported(["something else"], []);
  expect(remarks).toEqual(["something else"]);
  expect(rows).toEqual([]);
});

test.each(["", "Previewing update", "[1, 2]", '{"steps": 1}'])("is not made of anything else: %j", (text) => {
  expect(() => parsePreview(text)).toThrow("this is not what `pulumi preview --json` writes");
});
