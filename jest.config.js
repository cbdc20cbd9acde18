const { availableParallelism } = require("node:os");
const { join } = require("node:path");

// The workers of Jest, and the processes that tests start, keep what Node.js has compiled.
process.env.NODE_COMPILE_CACHE ??= join(__dirname, "node_modules/.cache/compiled");

/** Milliseconds. Some unit tests start processes, and all run at the same time as the engine tests on machines that may be busy. */
const TEST_TIMEOUT = 60_000;

const project = (name, extra = {}) => ({
  displayName: name,
  roots: [`<rootDir>/test/${name}`],
  testMatch: ["**/*.test.ts"],
  transform: {
    "^.+\\.ts$": ["ts-jest", { tsconfig: "<rootDir>/tsconfig.json" }],
    // An ES module, which Node.js can load from CommonJS and Jest cannot.
    "/@secretlint/.+\\.js$": ["ts-jest", { tsconfig: { allowJs: true }, diagnostics: false }],
  },
  transformIgnorePatterns: ["/node_modules/(?!@secretlint/)"],
  ...extra,
});

/** @type {import("jest").Config} */
module.exports = {
  // The processes of an engine test wait for one another, so a worker for each core would leave cores idle. Jest takes at
  // most "100%" as a percentage: it reads "150%" as 150 workers.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  // Jest ignores this in the settings of a project.
  testTimeout: TEST_TIMEOUT,
  testSequencer: "<rootDir>/test/sequencer.js",
  reporters: ["default", "<rootDir>/test/closingLine.js"],
  projects: [
    project("unit"),
    project("property"),
    project("integration"),
    project("resilience"),
    project("e2e", {
      globalSetup: "<rootDir>/test/e2e/globalSetup.ts",
      setupFilesAfterEnv: ["<rootDir>/test/e2e/timeout.ts"],
    }),
  ],
};
