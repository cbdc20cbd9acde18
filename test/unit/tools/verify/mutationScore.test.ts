import { describeScores, problemsOf, scoresOf } from "../../../../tools/verify/outside/mutation/score";

const mutants = (...statuses: readonly string[]) => ({ mutants: statuses.map((status) => ({ status })) });

const REPORT = JSON.stringify({
  files: {
    "provider/index.ts": mutants("Killed"),
    "provider/api/client.ts": mutants("Killed", "Survived"),
    "provider/activation/guards/access.ts": mutants("NoCoverage"),
    "provider/activation/plan.ts": mutants("Killed", "Timeout", "Killed"),
    "provider/shared/log.ts": mutants("RuntimeError"),
  },
});

describe("the score of a mutation run", () => {
  test("is added up for each folder, with the folders in it", () => {
    expect(scoresOf(REPORT)).toEqual([
      { folder: "", noticed: 1, total: 1 },
      { folder: "activation", noticed: 3, total: 4 },
      { folder: "api", noticed: 1, total: 2 },
      { folder: "shared", noticed: 0, total: 0 },
    ]);
  });

  test("is described with the share of each folder", () => {
    expect(describeScores(scoresOf(REPORT))).toBe(
      "5 of 7 mutants noticed: index.ts 100.0 %, activation 75.0 %, api 50.0 %, shared 100.0 %",
    );
  });

  test("is a problem below the limit of a folder, and where a folder has no mutants", () => {
    expect(problemsOf(scoresOf(REPORT), { activation: 75, api: 50.1, certificate: 1, shared: 1 })).toEqual([
      expect.stringMatching(
        /^the tests noticed 50\.0 % of the mutants in provider\/api, and 50\.1 % is the least\./,
      ),
      "provider/certificate has no mutants. Does the folder still exist?",
      "provider/shared has no mutants. Does the folder still exist?",
    ]);
  });

  test("is not taken from a report with a status that is not known", () => {
    const report = JSON.stringify({ files: { "provider/index.ts": mutants("Vanished") } });
    expect(() => scoresOf(report)).toThrow("Vanished");
  });
});
