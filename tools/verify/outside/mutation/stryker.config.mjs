import { availableParallelism } from "node:os";

export default {
  // Every test covers code that runs while its module is loaded: for 30 % of the mutants all tests would have to run, in 83 %
  // of the time. This leaves out what runs only then, and lets the other mutants be validated by the tests that run them later.
  ignoreStatic: true,
  plugins: ["@stryker-mutator/jest-runner"],
  testRunner: "jest",
  jest: {
    configFile: "tools/verify/outside/mutation/jest.config.js",
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
