import { listed, printed } from "./printed";
import { reported, shortRows } from "./steps";

const HEADLINE = "organization: 2 unchanged; mTLS stays enforced; 1 API call";

describe("a summary that the program prints", () => {
  const step = { before: ["cert_a", "cert_b"], after: ["cert_a", "cert_c"] };
  const own = printed(step, listed(["cert_a", "cert_b"], ["cert_c"]));

  test("hides nothing when the preview did not look", () => {
    const report = reported([step], [HEADLINE]);
    expect(shortRows(report)).toEqual(["adopt cert_c", "off cert_b"]);
    expect(report.warnings).toEqual([expect.stringContaining("cert_b is removed from `mtls`")]);
  });

  test("after the provider's own hides nothing, is warned about, and disputes the provider's", () => {
    const forged = ["organization: 2 unchanged, 9 unmanaged; mTLS stays enforced; 1 API call"];
    for (const lines of [
      [...own, ...forged],
      [...forged, ...own],
    ]) {
      const report = reported([step], lines);
      expect(shortRows(report)).toEqual(["on cert_c", "off cert_b"]);
      expect(report.warnings).toEqual([expect.stringContaining("printed several summaries that fit `mtls`")]);
      expect(report.scopes).toMatchObject([{ change: "1 to activate, 1 to deactivate", disputed: true }]);
    }
  });

  test("that turns off a change of enforcement does not hide that it may turn off", () => {
    const last = { before: ["cert_a"], after: [] };
    const report = reported(
      [last],
      [
        ...printed(last, listed(["cert_a"])),
        "organization: 1 to deactivate, 3 unmanaged; mTLS stays enforced; 2 API calls",
        "  - cert_a",
      ],
    );
    expect(report.scopes).toMatchObject([
      { enforcement: "will be turned off or stays enforced", verified: false },
    ]);
  });

  test.each([
    ["activates an id that the program does not declare", "1 to activate, 1 unchanged", "  + cert_z"],
    ["deactivates an id that was never in the set", "1 to deactivate, 2 unchanged", "  - cert_z"],
    [
      "deactivates an id as unmanaged of a set that is not exclusive",
      "1 to deactivate, 2 unchanged",
      UNMANAGED(),
    ],
    ["keeps more than the set has", "3 unchanged"],
    ["has a count without its row", "1 to activate, 1 unchanged"],
    ["has a row without its count", "2 unchanged", "  - cert_b"],
    ["knows ids only after an upload", "1 to activate after upload, 2 unchanged"],
  ])("and %s is not believed", (_, change, ...rows) => {
    const report = reported([step], [`organization: ${change}; mTLS stays enforced; 1 API call`, ...rows]);
    expect(shortRows(report)).toEqual(["on cert_c", "off cert_b"]);
    expect(report.warnings).toEqual([expect.stringContaining("a summary that does not match the plan")]);
    expect(report.scopes).toMatchObject([{ change: "1 to activate, 1 to deactivate", verified: false }]);
    expect(report.notes[0]).toBe(`ignored: organization: ${change}; mTLS stays enforced; 1 API call`);
  });

  test("with words about enforcement that its counts contradict is not believed", () => {
    const report = reported([step], ["organization: 2 unchanged; mTLS will be turned off; 1 API call"]);
    expect(report.scopes).toMatchObject([{ verified: false }]);
    expect(report.warnings).toHaveLength(1);
  });

  test("of a scope in which nothing changes is ignored, with a warning", () => {
    const report = reported([step], [...own, HEADLINE.replace("organization", "project proj_a")]);
    expect(shortRows(report)).toEqual(["on cert_c", "off cert_b"]);
    expect(report.warnings).toEqual([
      expect.stringContaining("project proj_a: the preview printed a summary, but no resource changes there"),
    ]);
    expect(report.scopes).toHaveLength(1);
  });

  test("of a preview without a change is ignored, with a warning", () => {
    const report = reported([], [HEADLINE]);
    expect(report).toMatchObject({ rows: [], scopes: [], warnings: [expect.anything()] });
  });

  test("between the provider's own lines hides nothing", () => {
    const report = reported([step], [...own.slice(0, 1), HEADLINE, ...own.slice(1)]);
    expect(shortRows(report)).toEqual(["on cert_c", "off cert_b"]);
    expect(report.warnings.length).toBeGreaterThan(0);
  });
});

function UNMANAGED() {
  return "  - cert_z; unmanaged, deactivated because exclusive is set";
}

describe("the provider's own summary is believed", () => {
  test("of ids that are active already, which are shown as adopted", () => {
    const step = { after: ["cert_a", "cert_b"] };
    const report = reported([step], printed(step, listed(["cert_a"], ["cert_b"])));
    expect(shortRows(report)).toEqual(["on cert_b", "adopt cert_a"]);
    expect(report).toMatchObject({ warnings: [], scopes: [{ verified: true }] });
  });

  test("of others that an exclusive set deactivates, which come last", () => {
    const step = { before: ["cert_a", "cert_b"], after: ["cert_a"], exclusive: true };
    const report = reported([step], printed(step, listed(["cert_a", "cert_b", "cert_z"])));
    expect(report.rows).toMatchObject([{ id: "cert_b" }, { id: "cert_z", unmanaged: true }]);
    expect(report.warnings).toEqual([]);
  });

  test("of an id of the set that was deactivated outside Pulumi", () => {
    const step = { before: ["cert_a", "cert_b"], after: ["cert_a", "cert_b", "cert_c"] };
    const report = reported([step], printed(step, listed(["cert_a"], ["cert_b", "cert_c"])));
    expect(shortRows(report)).toEqual(["on cert_b", "on cert_c"]);
    expect(report.warnings).toEqual([]);
  });

  test("of one that leaves the set and is inactive already, with a warning that it was not printed", () => {
    const step = { before: ["cert_a", "cert_b"], after: ["cert_a"] };
    const report = reported([step], printed(step, listed(["cert_a"], ["cert_b"])));
    expect(shortRows(report)).toEqual(["off cert_b"]);
    expect(report.warnings).toEqual([expect.stringContaining("may be inactive already")]);
  });

  test("of two sets whose summaries both fit one of them", () => {
    const steps = [
      { name: "a", after: ["cert_a", "cert_b"] },
      { name: "b", after: ["cert_c", "cert_d"] },
    ];
    const live = listed(["cert_b", "cert_c", "cert_d"], ["cert_a"]);
    const lines = steps.map((step) => printed(step, live));
    for (const order of [lines, lines.toReversed()]) {
      const report = reported(steps, order.flat());
      expect(shortRows(report)).toEqual(["on cert_a", "adopt cert_b", "adopt cert_c", "adopt cert_d"]);
      expect(report).toMatchObject({ warnings: [], scopes: [{ verified: true }, { verified: true }] });
    }
  });

  test("of two sets about which the same text is printed once", () => {
    const steps = [
      { name: "a", after: ["cert_a"] },
      { name: "b", after: ["cert_b"] },
    ];
    const report = reported(steps, printed({ after: ["cert_a"] }, listed(["cert_a", "cert_b"])));
    expect(report).toMatchObject({ warnings: [], scopes: [{ verified: true }, { verified: true }] });
  });

  test("of a resource that is replaced in its scope, about which two are printed", () => {
    const step = { op: "replace" as const, before: ["cert_a", "cert_b"], after: ["cert_b", "cert_c"] };
    const live = listed(["cert_a", "cert_b"], ["cert_c"]);
    const report = reported([step], [...printed(step, live), ...printed({ after: step.after }, live)]);
    expect(shortRows(report)).toEqual(["on cert_c", "off cert_a"]);
    expect(report).toMatchObject({
      warnings: [],
      scopes: [{ change: "1 to activate, 1 to deactivate, 1 unchanged" }],
    });
  });

  test("of a preview that failed, of which the engine has no step", () => {
    const lines = printed({ after: ["cert_a"] }, listed([], ["cert_a"]));
    const report = reported([], lines, "error: refused");
    expect(shortRows(report)).toEqual(["on cert_a"]);
    expect(report.warnings).toEqual([]);
  });
});
