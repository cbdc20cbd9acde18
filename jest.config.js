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
    project("http"),
    project("program", {
      globalSetup: "<rootDir>/test/program/globalSetup.ts",
      setupFilesAfterEnv: ["<rootDir>/test/program/patience.ts"],
    }),
  ],
};
