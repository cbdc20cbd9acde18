import { parsePreview } from "../../../../cli/report/input/preview";
import { reportOf } from "../../../../cli/report/model/reportOf";
import { NOW, reported, TYPE } from "../steps";

/** What the provider prints of a set to which one certificate is added. */
const about = (id: string, change: string) => [
  `organization: ${change}; mTLS stays enforced; 2 API calls`,
  `  + ${id}, expires 2100-01-01 (in 9 days)`,
  `warning: organization: ${id} expires soon`,
];

test("of a set whose drift was found, nothing is shown of an id that the program no longer declares", () => {
  const { rows, scopes, warnings } = reported(
    [
      { op: "refresh", before: ["cert_a", "cert_c"], after: ["cert_a", "cert_c"] },
      { op: "update", before: ["cert_c"], after: ["cert_b", "cert_c"] },
    ],
    [...about("cert_a", "1 to activate, 1 unchanged"), ...about("cert_b", "1 to activate, 1 unchanged")],
  );
  expect(rows.map(({ id }) => id)).toEqual(["cert_b"]);
  expect(scopes).toHaveLength(1);
  expect(warnings).toEqual(["organization: cert_b expires soon"]);
});

test("two sets in one scope are summed up, and the warnings of each are shown", () => {
  const { rows, scopes, warnings } = reported(
    [
      { name: "a", after: ["cert_a"] },
      { name: "b", after: ["cert_b"] },
    ],
    [...about("cert_a", "1 to activate, 1 unmanaged"), ...about("cert_b", "1 to activate, 1 unmanaged")],
  );
  expect(rows.map(({ id }) => id)).toEqual(["cert_a", "cert_b"]);
  expect(scopes).toMatchObject([{ change: "2 to activate, 1 unchanged" }]);
  expect(warnings).toHaveLength(2);
});

test("any other line is a note", () => {
  const { notes, rows } = reported([], ["something else"]);
  expect(notes).toEqual(["something else"]);
  expect(rows).toEqual([]);
});

describe("a change without a printed summary", () => {
  const stored = (id: string, more: object = {}) => ({
    type: TYPE,
    inputs: { certificateIds: { [id]: "active" }, ...more },
    outputs: {
      certificateIds: { [id]: "active" },
      certificates: { [id]: { name: "Gateway", certificateDetails: { validAt: 0, expiresAt: 86_400 } } },
      unmanagedActiveCertificateIds: {},
      ...more,
    },
  });
  const reportedSteps = (...steps: readonly object[]) =>
    reportOf(parsePreview(JSON.stringify({ steps, diagnostics: [] })), NOW);

  test("is described from the state, as not verified", () => {
    const { rows, scopes } = reportedSteps({
      op: "update",
      urn: "a",
      oldState: stored("cert_old"),
      newState: { type: TYPE, inputs: { certificateIds: { cert_new: "active" } } },
    });
    expect(scopes).toEqual([
      {
        scope: "organization",
        change: "1 to activate, 1 to deactivate",
        active: 1,
        enforcement: "not known",
        source: "unverified",
      },
    ]);
    expect(rows).toMatchObject([
      {
        change: "deactivate",
        id: "cert_old",
        name: "Gateway",
        validFrom: "1970-01-01",
        expires: "1970-01-02",
      },
      { change: "activate", id: "cert_new", name: null },
    ]);
  });

  test("of a set that moves to another project is described for both", () => {
    const { rows } = reportedSteps({
      op: "replace",
      urn: "a",
      oldState: stored("cert_a", { projectId: "proj_a" }),
      newState: { type: TYPE, inputs: { certificateIds: { cert_a: "active" }, projectId: "proj_b" } },
    });
    expect(rows.map(({ change, id, scope }) => [change, id, scope])).toEqual([
      ["deactivate", "cert_a", "project proj_a"],
      ["activate", "cert_a", "project proj_b"],
    ]);
  });

  test("of a removal, is what becomes of enforcement, and is not known when another set of the scope was not verified", () => {
    const removal = { op: "delete", urn: "a", oldState: stored("cert_a") };
    const other = { op: "create", urn: "b", newState: stored("cert_b") };
    expect(reportedSteps(removal).scopes).toMatchObject([{ enforcement: "may be turned off" }]);
    expect(reportedSteps(removal, other).scopes.map(({ enforcement }) => enforcement)).toEqual(["not known"]);
  });

  test("of a removal that leaves everything active, is that it does", () => {
    const removal = { op: "delete", urn: "a", oldState: { ...stored("cert_a"), retainOnDelete: true } };
    expect(reportedSteps(removal)).toMatchObject({
      rows: [],
      scopes: [],
      notes: ["1 certificate resource leaves the stack; the certificates are not changed (retainOnDelete)"],
    });
  });
});

describe("an error", () => {
  const errorsOf = (message: string) =>
    reportOf(parsePreview(JSON.stringify({ diagnostics: [{ message, severity: "error" }] })), NOW);

  test("of a check is its reason, with the resource and the property", () => {
    const message =
      "error: pulumi-nodejs:dynamic/openai-certificates:OrgCertificateActivation resource 'mtls': property certificateIds[1] " +
      "value {<nil>} has a problem: cert_nope does not exist\n";
    expect(errorsOf(message)).toMatchObject({
      failed: true,
      errors: ["mtls: certificateIds[1]: cert_nope does not exist"],
    });
  });

  test("of a program is what it threw, without colours and trace", () => {
    const message =
      "error: Running program 'index.ts' failed with an unhandled exception:\nError: boom\n" +
      "    at Object.<anonymous> \u001b[90m(index.ts:5:78\u001b[39m)\n\u001b[90m    at Module._compile\u001b[39m\n";
    expect(errorsOf(message).errors).toEqual([
      "Running program 'index.ts' failed with an unhandled exception:\nError: boom",
    ]);
  });
});

test("other resources are only counted, and what they warn of is a warning", () => {
  const state = { type: "random:index:Password" };
  const report = reportOf(
    parsePreview(
      JSON.stringify({
        steps: [
          { op: "same", urn: "a", oldState: state, newState: state },
          { op: "create", urn: "b", newState: state },
          { op: "create", urn: "c", newState: { type: "pulumi:pulumi:Stack" } },
          { op: "create", urn: "d", newState: state },
        ],
        diagnostics: [{ message: "warning: careful\n", severity: "warning", urn: "b" }],
      }),
    ),
    NOW,
  );
  expect(report).toMatchObject({ rows: [], others: { create: 2 }, warnings: ["careful"], notes: [] });
});
