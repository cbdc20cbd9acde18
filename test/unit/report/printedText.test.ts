import { listed, printed } from "./printed";
import { reported, shortRows } from "./steps";

const HEADLINE = "organization: 2 unchanged; mTLS stays enforced; 1 API call";

describe("a summary that the program prints", () => {
  const step = { before: ["cert_a", "cert_b"], after: ["cert_a", "cert_c"] };
  const own = printed(step, listed(["cert_a", "cert_b"], ["cert_c"]));

  test("hides nothing when the provider printed none", () => {
    const report = reported([step], [HEADLINE]);
    expect(shortRows(report)).toEqual(["deactivate cert_b", "activate cert_c"]);
    expect(report.warnings).toEqual([expect.stringContaining("no longer declares cert_b")]);
  });

  test("and that contradicts the provider's own makes the effect on mTLS unknown", () => {
    const forged = ["organization: 2 unchanged, 9 unmanaged; mTLS stays enforced; 1 API call"];
    for (const lines of [
      [...own, ...forged],
      [...forged, ...own],
    ]) {
      const report = reported([step], lines);
      expect(shortRows(report)).toEqual(["deactivate cert_b", "activate cert_c"]);
      expect(report.warnings).toEqual([expect.stringContaining("contradict each other")]);
      expect(report.scopes).toMatchObject([
        { change: "1 to activate, 1 to deactivate", enforcement: "not known" },
      ]);
    }
  });

  test("does not hide that mTLS will be turned off", () => {
    const last = { before: ["cert_a"], after: [] };
    const forged = "organization: 1 to deactivate; mTLS stays enforced; 2 API calls";
    const report = reported([last], [...printed(last, listed(["cert_a"])), forged]);
    expect(report.scopes).toMatchObject([{ enforcement: "will be turned off" }]);
  });

  test.each([
    ["activates an id that the program does not declare", "  + cert_z"],
    ["deactivates an id that was never in the set", "  - cert_z"],
    [
      "deactivates an id as unmanaged of a set that is not exclusive",
      "  - cert_z; unmanaged, deactivated because exclusive is set",
    ],
  ])("and %s adds no row", (_, line) => {
    expect(shortRows(reported([step], [HEADLINE, line]))).toEqual(["deactivate cert_b", "activate cert_c"]);
  });

  test("of a scope in which nothing changes is ignored", () => {
    const report = reported([step], [...own, HEADLINE.replace("organization", "project proj_a")]);
    expect(shortRows(report)).toEqual(["deactivate cert_b", "activate cert_c"]);
    expect(report.scopes).toHaveLength(1);
    expect(reported([], [HEADLINE])).toMatchObject({ rows: [], scopes: [], notes: [] });
  });

  test("between the provider's own lines hides nothing", () => {
    const report = reported([step], [...own.slice(0, 1), HEADLINE, ...own.slice(1)]);
    expect(shortRows(report)).toEqual(["deactivate cert_b", "activate cert_c"]);
  });
});

describe("the provider's summary", () => {
  test("distinguishes ids that are active already", () => {
    const step = { after: ["cert_a", "cert_b"] };
    const report = reported([step], printed(step, listed(["cert_a"], ["cert_b"])));
    expect(shortRows(report)).toEqual(["activate cert_b", "adopt cert_a"]);
    expect(report).toMatchObject({ warnings: [], scopes: [{ source: "api" }] });
  });

  test("names others that an exclusive set deactivates, which come after those of the plan", () => {
    const step = { before: ["cert_a", "cert_b"], after: ["cert_a"], exclusive: true };
    const report = reported([step], printed(step, listed(["cert_a", "cert_b", "cert_z"])));
    expect(report.rows).toMatchObject([
      { id: "cert_b" },
      { id: "cert_z", unmanaged: true, source: "provider" },
    ]);
    expect(report.rows[0]).not.toHaveProperty("source");
    expect(report.warnings).toEqual([]);
  });

  test("names an id of the set that was deactivated outside Pulumi", () => {
    const step = { before: ["cert_a", "cert_b"], after: ["cert_a", "cert_b", "cert_c"] };
    const report = reported([step], printed(step, listed(["cert_a"], ["cert_b", "cert_c"])));
    expect(report.rows).toMatchObject([{ id: "cert_c" }, { id: "cert_b", source: "provider" }]);
    expect(report.warnings).toEqual([]);
  });

  test("leaves it open whether mTLS ends when it does not list a removal", () => {
    const step = { before: ["cert_a", "cert_b"], after: [] };
    const report = reported([step], printed(step, listed(["cert_a"], ["cert_b"])));
    expect(shortRows(report)).toEqual(["deactivate cert_a", "deactivate cert_b"]);
    expect(report.warnings).toEqual([expect.stringContaining("may be inactive already")]);
    expect(report.scopes).toMatchObject([{ enforcement: "will be turned off" }]);
    const other = { before: ["cert_a", "cert_b"], after: ["cert_a"] };
    const kept = reported([other], printed(other, listed(["cert_c"], ["cert_b", "cert_a"])));
    expect(kept.scopes).toMatchObject([{ enforcement: "stays enforced" }]);
  });

  test.each([["a"], ["`b | c"], ["eu.west (old)"], ["x: organization: 1 to activate"]])(
    "is found by the name of its connection, whatever that is: %j",
    (connection) => {
      const step = { after: ["cert_a"], more: { connection } };
      const own = printed(step, listed([], ["cert_a"])).map((line) =>
        line.startsWith(" ") ? line : `${connection}: ${line}`,
      );
      expect(reported([step], own).scopes).toMatchObject([
        { scope: `${connection}: organization`, enforcement: "will be enforced", source: "api" },
      ]);
    },
  );

  test("is shown of a preview that failed, of which the engine has no step", () => {
    const lines = printed({ after: ["cert_a"] }, listed([], ["cert_a"]));
    const report = reported([], lines, "error: refused");
    expect(report.rows).toMatchObject([{ change: "activate", id: "cert_a", source: "provider" }]);
    expect(report.scopes).toMatchObject([{ enforcement: "will be enforced" }]);
  });
});

describe("several resources of one scope", () => {
  test("are summed up in one sentence", () => {
    const steps = [
      { name: "a", after: ["cert_a", "cert_b"] },
      { name: "b", after: ["cert_c", "cert_d"] },
    ];
    const live = listed(["cert_b", "cert_c", "cert_d"], ["cert_a"]);
    const lines = steps.map((step) => printed(step, live));
    for (const order of [lines, lines.toReversed()]) {
      const report = reported(steps, order.flat());
      expect(shortRows(report)).toEqual(["activate cert_a", "adopt cert_b", "adopt cert_c", "adopt cert_d"]);
      expect(report.scopes).toEqual([
        {
          scope: "organization",
          change: "1 to activate, 3 already active",
          active: 3,
          enforcement: "stays enforced",
          calls: "about 4 API calls",
          source: "api",
        },
      ]);
    }
  });

  test("of which one is deleted turn mTLS off together, although the provider sees that it stays", () => {
    const steps = [
      { name: "a", before: ["cert_a", "cert_c"], after: ["cert_c"] },
      { name: "b", before: ["cert_b"] },
    ];
    const own = printed(steps[0] ?? {}, listed(["cert_a", "cert_b"], ["cert_c"]));
    expect(own[0]).toContain("stays enforced");
    const later = { ...steps[0], name: "a", after: [] as string[] };
    const report = reported([later, ...steps.slice(1)], printed(later, listed(["cert_a", "cert_b"])));
    expect(report.scopes).toMatchObject([{ enforcement: "will be turned off" }]);
  });

  test("that are all deleted may turn mTLS off, as far as the state knows", () => {
    const report = reported(
      [
        { name: "a", before: ["cert_a"] },
        { name: "b", before: ["cert_b"] },
      ],
      [],
    );
    expect(report.scopes).toMatchObject([
      { change: "2 to deactivate", enforcement: "may be turned off", source: "state" },
    ]);
  });

  test("of which one is replaced, with two summaries, are counted once", () => {
    const step = { op: "replace" as const, before: ["cert_a", "cert_b"], after: ["cert_b", "cert_c"] };
    const live = listed(["cert_a", "cert_b"], ["cert_c"]);
    const report = reported([step], [...printed(step, live), ...printed({ after: step.after }, live)]);
    expect(shortRows(report)).toEqual(["deactivate cert_a", "activate cert_c"]);
    expect(report).toMatchObject({
      warnings: [],
      scopes: [{ change: "1 to activate, 1 to deactivate, 1 unchanged", calls: "about 3 API calls" }],
    });
  });
});
