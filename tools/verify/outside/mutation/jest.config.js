const { existsSync, readdirSync } = require("node:fs");
const { join } = require("node:path");

const ROOT = join(__dirname, "../../../..");

/** The folders of unit tests that have the name of a folder of `provider/`, whose code they run. */
const UNIT_TESTS = readdirSync(join(ROOT, "provider"))
  .map((folder) => `unit/${folder}`)
  .filter((folder) => existsSync(join(ROOT, "test", folder)));

/**
 * The tests that are to notice a mutant: unit, property and integration tests. The property tests use a fixed seed, so a
 * run can be repeated.
 * @type {import("jest").Config}
 */
module.exports = {
  rootDir: ROOT,
  roots: [...UNIT_TESTS, "property", "integration"].map((folder) => join(ROOT, "test", folder)),
  testMatch: ["**/*.test.ts"],
  // Those of the emulator alone, and two slow ones: one issues dozens of certificates, the other one starts processes.
  testPathIgnorePatterns: ["emulator", "lockout", "sharedRun"].map((name) => `/test/integration/${name}`),
  testTimeout: 60_000,
  runner: join(__dirname, "coveringRunner.js"),
  watchman: false,
  transform: { "^.+\\.ts$": ["ts-jest", { tsconfig: join(ROOT, "tsconfig.json") }] },
};
