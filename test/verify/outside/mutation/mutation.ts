import type { Judgement } from "../../judgement";
import { NPM_TOOLS } from "../tools/npm";
import { describeScores, problemsOf, scoresOf } from "./score";
import { runStryker } from "./stryker";

/** The least share of mutants that the tests have to notice, in percent, for the folders that decide what is sent. */
const LOWEST_SCORES = { activation: 85, api: 85, certificate: 85 };

/** Stryker changes the code of `provider/` in one place at a time, and runs the tests that cover that place. */
export const MUTATION: Judgement = {
  id: "mutation",
  subject: "the tests of `provider/`",
  judge: `Stryker ${NPM_TOOLS.versionOf("@stryker-mutator/core")}`,
  examine: async (log) => {
    const scores = scoresOf(await runStryker(log));
    return { figures: describeScores(scores), problems: problemsOf(scores, LOWEST_SCORES) };
  },
};
