const { default: Sequencer } = require("@jest/test-sequencer");

/** The files with the most engine commands, longest first. One that starts late would keep a single core busy at the end. */
const LONGEST = [
  "workflows/main",
  "guides",
  "workflows/pullRequest",
  "plugin/processes",
  "policy",
  "moves",
  "project",
  "report",
  "clone",
  "workflows/nightly",
  "rotation",
  "plugin/moving",
  "examples",
  "review",
  "renames",
  "secrets",
  "interrupted",
];

const FIRST = LONGEST.map((name) => `/test/e2e/${name}.test.ts`);

/** 0 for the longest, then the other tests on a real engine, then all others. */
function rank({ path }) {
  const position = FIRST.findIndex((file) => path.endsWith(file));
  if (position >= 0) return position;
  return path.includes("/test/e2e/") ? FIRST.length : FIRST.length + 1;
}

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
};
