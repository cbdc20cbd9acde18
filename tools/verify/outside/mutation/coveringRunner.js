const { existsSync, readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { default: TestRunner } = require("jest-runner");

/** The kinds of tests, the fastest first. */
const KINDS = ["unit", "property", "integration"];

/** The titles of the tests of each file, as the first run without a mutant found them. It lies in Stryker's copy of the project. */
const TITLES = join(__dirname, "titles.json");

/**
 * Runs only the files that have a test with a wanted title, and no further file after a failure. Jest alone would load all
 * files to find that their tests are to be skipped, and would go on after a failure.
 */
module.exports = class CoveringRunner extends TestRunner {
  async runTests(tests, watcher, options) {
    const { testNamePattern } = this._globalConfig;
    const titles = new Map();
    let hasFailed = false;
    this.on("test-file-success", ([test, { numFailingTests, testResults }]) => {
      hasFailed ||= numFailingTests > 0;
      titles.set(
        test.path,
        testResults.map(({ fullName }) => fullName),
      );
    });
    this.on("test-file-failure", () => {
      hasFailed = true;
    });

    for (const test of testNamePattern ? filesWith(testNamePattern, tests) : fastestFirst(tests)) {
      if (hasFailed) return;
      await super.runTests([test], watcher, options);
    }
    if (!existsSync(TITLES)) writeFileSync(TITLES, JSON.stringify(Object.fromEntries(titles)));
  }
};

function filesWith(testNamePattern, tests) {
  const wanted = new RegExp(testNamePattern, "i");
  const titles = JSON.parse(readFileSync(TITLES, "utf8"));
  return fastestFirst(tests).filter(({ path }) => titles[path].some((title) => wanted.test(title)));
}

function fastestFirst(tests) {
  const rank = ({ path }) => KINDS.findIndex((kind) => path.includes(`/test/${kind}/`));
  return tests.toSorted((a, b) => rank(a) - rank(b));
}
