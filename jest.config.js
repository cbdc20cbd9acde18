const project = (name, extra = {}) => ({
  displayName: name,
  roots: [`<rootDir>/test/${name}`],
  testMatch: ["**/*.test.ts"],
  transform: { "^.+\\.ts$": ["ts-jest", { tsconfig: "<rootDir>/tsconfig.json" }] },
  ...extra,
});

/** @type {import("jest").Config} */
module.exports = {
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
