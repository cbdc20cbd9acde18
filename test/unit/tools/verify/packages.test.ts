import packageJson from "../../../../package.json";
import { errorsIn } from "../../../../tools/verify/packages/declarations";
import { CASES } from "../../../../tools/verify/packages/matrix";
import { findingOf } from "../../../../tools/verify/packages/runCase";
import { nodeVersion, SDK_VERSIONS } from "../../../../tools/verify/packages/versions";

const valuesOf = (key: "node" | "pulumi") => new Set(CASES.map((each) => each[key]));

describe("the matrix of packages", () => {
  test("contains the oldest and the newest version of Node.js and of the SDK", () => {
    expect(valuesOf("node")).toEqual(new Set(["oldest", "newest", "usual"]));
    expect(valuesOf("pulumi")).toEqual(new Set(["oldest", "newest"]));
  });

  test("begins each range where package.json begins it", () => {
    expect(packageJson.engines.node).toContain(`^${nodeVersion("oldest")} `);
    expect(packageJson.peerDependencies["@pulumi/pulumi"]).toBe(`^${SDK_VERSIONS.oldest}`);
  });

  test("runs Plug'n'Play with both SDKs", () => {
    const plugAndPlay = CASES.filter(({ manager }) => manager.name.includes("Plug'n'Play"));
    expect(new Set(plugAndPlay.map(({ pulumi }) => pulumi))).toEqual(valuesOf("pulumi"));
  });

  test("has a name for each case", () => {
    expect(new Set(CASES.map(({ id }) => id)).size).toBe(CASES.length);
  });
});

describe("what came of a case", () => {
  const step = { name: "up", seconds: 1 };

  test("names the calls of each step", () => {
    const results = [
      { ...step, calls: { list: 1, activate: 1 }, problems: [] },
      { ...step, name: "refresh", calls: {}, problems: [] },
    ];
    expect(findingOf(results)).toEqual({
      figures: "up: 1 list, 1 activate; refresh: no call",
      problems: [],
    });
  });

  test("names the step of each problem", () => {
    expect(findingOf([{ ...step, calls: {}, problems: ["API calls: {}"] }]).problems).toEqual([
      "up: API calls: {}",
    ]);
  });
});

describe("the output of a compiler", () => {
  const EXPECTED = "invalid.ts(3,40): error TS2322: Type 'number' is not assignable.\n  A detail.";
  const OTHER =
    "node_modules/valibot/dist/index.d.mts(1,1): error TS1139: Type parameter declaration expected.";

  test("is accepted when it reports only the invalid program", () => {
    expect(errorsIn(EXPECTED)).toEqual([]);
  });

  test("is objected to when it reports something else", () => {
    expect(errorsIn(`${EXPECTED}\n${OTHER}`)).toEqual([OTHER]);
  });

  test("is objected to when it accepts the invalid program", () => {
    expect(errorsIn("")).toEqual(["accepts a number as certificateIds"]);
  });
});
