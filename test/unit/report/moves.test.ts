import { markdown } from "../../../cli/report/output/markdown";
import { titleOf } from "../../../cli/report/output/title";
import { listed, printed } from "./printed";
import { reported, shortRows } from "./steps";

const AB = ["cert_a", "cert_b"];
const live = listed(AB);

test("a renamed resource shows its certificates as staying active", () => {
  const steps = [
    { name: "new", after: AB },
    { name: "old", before: AB },
  ];
  const report = reported(steps, printed({ after: AB }, live));
  expect(shortRows(report)).toEqual(["keep cert_a from old to new", "keep cert_b from old to new"]);
  expect(report.scopes).toHaveLength(1);
  expect(report.warnings).toEqual([]);
  expect(titleOf(report)).toBe("dev: 2 certificates to move");
  expect(markdown(report)).toContain("Both certificates: moved (old → new)");
});

test("so does a resource that is wrapped in a component, and keeps its name", () => {
  const report = reported(
    [{ parent: "acme:Wrapper", after: AB }, { before: AB }],
    printed({ after: AB }, live),
  );
  expect(shortRows(report)).toEqual(["keep cert_a from mtls to mtls", "keep cert_b from mtls to mtls"]);
});

test("so it does without a look at what is active, as not verified", () => {
  const report = reported(
    [
      { name: "new", after: AB },
      { name: "old", before: AB },
    ],
    [],
  );
  expect(shortRows(report)).toEqual(["keep cert_a from old to new", "keep cert_b from old to new"]);
  expect(titleOf(report)).toBe("dev: 2 certificates to move, not verified");
});

test("a rename that also changes the set shows what really changes", () => {
  const steps = [
    { name: "new", after: ["cert_b", "cert_c"] },
    { name: "old", before: AB },
  ];
  const report = reported(steps, printed({ after: ["cert_b", "cert_c"] }, listed(AB, ["cert_c"])));
  expect(shortRows(report)).toEqual(["deactivate cert_a", "activate cert_c", "keep cert_b from old to new"]);
});

describe("of a set that is split", () => {
  const steps = [
    { name: "b", after: ["cert_b"] },
    { name: "a", before: AB, after: ["cert_a"] },
  ];
  const created = printed({ after: ["cert_b"] }, live);

  test("the ids that move stay active, when the provider knows both resources", () => {
    const report = reported(steps, [
      ...created,
      "organization: 1 unchanged, 1 unmanaged; mTLS stays enforced; 1 API call",
    ]);
    expect(shortRows(report)).toEqual(["keep cert_b from a to b"]);
    expect(report.warnings).toEqual([]);
  });

  test("they stay active, too, when the provider printed that they are deactivated", () => {
    const report = reported(steps, [...created, ...printed({ before: AB, after: ["cert_a"] }, live)]);
    expect(shortRows(report)).toEqual(["keep cert_b from a to b"]);
    expect(report.scopes).toMatchObject([
      { change: "1 unchanged", enforcement: "stays enforced", calls: "about 4 API calls" },
    ]);
  });
});

test("an id that a resource gives up and another activates, because it is inactive, is activated", () => {
  const steps = [
    { name: "b", after: ["cert_b"] },
    { name: "a", before: AB, after: ["cert_a"] },
  ];
  const report = reported(steps, printed({ after: ["cert_b"] }, listed(["cert_a"], ["cert_b"])));
  expect(shortRows(report)).toEqual(["activate cert_b"]);
});

test("two resources that swap their ids move both", () => {
  const steps = [
    { name: "a", before: ["cert_a"], after: ["cert_b"] },
    { name: "b", before: ["cert_b"], after: ["cert_a"] },
  ];
  expect(shortRows(reported(steps, []))).toEqual(["keep cert_a from a to b", "keep cert_b from b to a"]);
});

test("an id that an unchanged resource of the preview declares, too, stays active", () => {
  const steps = [
    { name: "a", before: AB, after: ["cert_a"] },
    { op: "same" as const, name: "b", before: ["cert_b"], after: ["cert_b"] },
  ];
  expect(shortRows(reported(steps, []))).toEqual(["keep cert_b from a to b"]);
});

test("another certificate that an exclusive set would deactivate stays active when a resource declares it", () => {
  const steps = [
    { name: "a", before: ["cert_a"], after: ["cert_a"], exclusive: true, op: "update" as const },
    { name: "b", after: ["cert_b"] },
  ];
  const lines = [
    ...printed({ before: ["cert_a"], after: ["cert_a"], exclusive: true }, live),
    ...printed({ after: ["cert_b"] }, live),
  ];
  expect(shortRows(reported(steps, lines))).toEqual(["adopt cert_b"]);
});

test("the same id in another scope is not a move", () => {
  const steps = [
    { name: "new", after: AB, more: { projectId: "proj_a" } },
    { name: "old", before: AB },
  ];
  const changes = reported(steps, []).rows.map(({ change, scope }) => `${change} ${scope}`);
  expect(changes).toEqual([
    "deactivate organization",
    "deactivate organization",
    "activate project proj_a",
    "activate project proj_a",
  ]);
});

test("the same id through another connection is a warning, since both may be to one organization", () => {
  const steps = [
    { name: "new", after: AB, more: { connection: "acme" } },
    { name: "old", before: AB },
  ];
  const report = reported(steps, []);
  expect(shortRows(report)).toEqual([
    "deactivate cert_a",
    "deactivate cert_b",
    "activate cert_a",
    "activate cert_b",
  ]);
  expect(report.warnings).toEqual([
    expect.stringContaining("acme: organization also declares cert_a, cert_b, which leave organization"),
  ]);
});
