import { availableParallelism } from "node:os";

export default {
  // No kind of mutant is left out, but those of code that runs while its module is loaded: all tests cover them, so these
  // 30 % of the mutants would take 83 % of the time (Stryker's estimate).
  ignoreStatic: true,
  plugins: ["@stryker-mutator/jest-runner"],
  testRunner: "jest",
  jest: {
    configFile: "test/verify/outside/mutation/jest.config.js",
    // The runner of that configuration chooses the files by the tests that cover a mutant.
    enableFindRelatedTests: false,
  },
  coverageAnalysis: "perTest",
  ignorePatterns: ["build", "dist"],
  concurrency: availableParallelism(),
  reporters: ["json", "html", "progress-append-only"],
  jsonReporter: { fileName: "build/mutation/report.json" },
  htmlReporter: { fileName: "build/mutation/report.html" },
  incrementalFile: "build/mutation/incremental.json",
};
