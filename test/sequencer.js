const { default: Sequencer } = require("@jest/test-sequencer");

/**
 * Runs the tests on a real engine first, since one that starts late would keep a single core busy at the end. Jest orders
 * the files of each kind: the longest first, by the time of earlier runs or else by size.
 */
module.exports = class EngineFirst extends Sequencer {
  sort(tests) {
    const [onEngine, others] = [true, false].map((usesEngine) =>
      tests.filter(({ path }) => path.includes("/test/e2e/") === usesEngine),
    );
    return [...super.sort(onEngine), ...super.sort(others)];
  }
};
