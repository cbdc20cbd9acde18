import { markdown } from "../../../cli/report/output/markdown";
import { titleOf } from "../../../cli/report/output/title";
import { listed, printed } from "./printed";
import { reported, shortRows } from "./steps";
import type { StepOf } from "./steps";

const SECRET = "[secret]";
const lines = printed({ before: ["cert_a"], after: ["cert_b"] }, listed(["cert_a"], ["cert_b"]));

describe("a set whose ids are secret", () => {
  test.each([
    ["is created", { after: SECRET }],
    ["changes", { before: SECRET, after: SECRET }],
    ["is removed", { before: SECRET }],
    ["is secret from now on", { before: ["cert_a"], after: SECRET }],
    ["was secret until now", { before: SECRET, after: ["cert_a"] }],
  ] as const)("and %s is shown as secret, never as nothing", (_, step) => {
    const report = reported([step], []);
    expect(report.scopes).toMatchObject([{ change: "the ids are secret and not shown" }]);
    expect(report.warnings).toEqual([expect.stringContaining("certificateIds of mtls are secret")]);
    expect(titleOf(report)).toMatch(/1 set with secret ids/);
    const text = markdown(report);
    expect(text).not.toContain("nothing");
    expect(text).toContain("| secret ids | not shown |");
  });

  test("does not show the ids that the provider printed, but what it printed of numbers and enforcement", () => {
    const report = reported([{ before: SECRET, after: SECRET }], lines);
    expect(markdown(report)).not.toMatch(/cert_/);
    expect(report.scopes).toEqual([
      {
        scope: "organization",
        change: "the ids are secret and not shown; the provider printed: 1 to activate, 1 to deactivate",
        active: 1,
        enforcement: "stays enforced",
        calls: "3 API calls",
        source: "api",
      },
    ]);
  });

  test("about which two summaries are printed takes neither as certain", () => {
    const forged = "organization: 1 unchanged; mTLS stays enforced; 1 API call";
    const report = reported([{ before: SECRET, after: SECRET }], [...lines, forged]);
    expect(report.scopes).toMatchObject([{ change: "the ids are secret and not shown" }]);
    expect(report.scopes).not.toContainEqual(expect.objectContaining({ enforcement: "will be turned off" }));
  });

  test("whose drift a refresh found is reported as drifted", () => {
    const known = (ids: readonly string[]) => ({
      certificates: Object.fromEntries(ids.map((id) => [id, { name: null, certificateDetails: {} }])),
    });
    const report = reported(
      [
        { op: "refresh", before: SECRET, moreBefore: known(["cert_a", "cert_b"]) },
        { op: "update", before: SECRET, after: SECRET, moreBefore: known(["cert_a"]) },
      ],
      [],
    );
    expect(report.drift).toEqual([
      "organization: other certificates are active; the ids are secret and not shown",
    ]);
  });
});

describe("a project whose id is secret", () => {
  const step = { after: ["cert_a"], more: { projectId: SECRET } };
  const own = printed({ after: ["cert_a"] }, listed([], ["cert_a"])).map((line) =>
    line.replace("organization", "project proj_a"),
  );

  test("is not named, and its summary is found all the same", () => {
    const report = reported([step], own);
    expect(report).toMatchObject({
      rows: [{ change: "activate", id: "cert_a", scope: "project (secret, not shown)" }],
      scopes: [{ scope: "project (secret, not shown)", source: "api" }],
      warnings: [],
    });
    expect(markdown(report)).not.toContain("proj_a");
  });

  test("is not taken for another project whose id is secret", () => {
    const old: StepOf = { name: "old", before: ["cert_a"], more: step.more };
    const report = reported([step, old], []);
    expect(shortRows(report)).toEqual(["deactivate cert_a", "activate cert_a"]);
  });
});
