import type { Check } from "../../check";
import { NPM_TOOLS } from "../tools/npm";
import { describeScores, problemsOf, scoresOf } from "./score";
import { runStryker } from "./stryker";

/** The least share of mutants that the tests have to notice, in percent, for the folders that decide what is sent. */
const LOWEST_SCORES = { activation: 85, api: 85, certificate: 85 };

const MUTATED = Object.keys(LOWEST_SCORES).map((folder) => `provider/${folder}/**/*.ts`);
const STRYKER = `Stryker ${NPM_TOOLS.versionOf("@stryker-mutator/core")}`;

/** Stryker changes the code in one place at a time, and runs the tests that cover that place. */
export const MUTATION: Check = {
  id: "mutation",
  subject: "the tests of the folders of `provider/` that decide what is sent",
  tool: STRYKER,
  run: async (log) => {
    const scores = scoresOf(await runStryker(MUTATED, log));
    return { figures: describeScores(scores), problems: problemsOf(scores, LOWEST_SCORES) };
  },
};

/** The same for the other folders, without a limit. */
export const MUTATION_REST: Check = {
  id: "mutation-rest",
  subject: "the tests of the other folders of `provider/`",
  tool: STRYKER,
  run: async (log) => {
    const scores = scoresOf(
      await runStryker(["provider/**/*.ts", ...MUTATED.map((files) => `!${files}`)], log),
    );
    return { figures: describeScores(scores), problems: [] };
  },
};
