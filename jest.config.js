const project = (name, extra = {}) => ({
  displayName: name,
  roots: [`<rootDir>/test/${name}`],
  testMatch: ["**/*.test.ts"],
  transform: { "^.+\\.ts$": ["ts-jest", { tsconfig: "<rootDir>/tsconfig.json" }] },
  ...extra,
});

/** @type {import("jest").Config} */
module.exports = {
  // Engine tests mostly wait for one another's processes: a worker for each core pays.
  maxWorkers: "100%",
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
