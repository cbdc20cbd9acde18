/** Ends the output of jest with "N passed, N failed", for machines that count. */
module.exports = class ClosingLine {
  onRunComplete(_contexts, { numPassedTests, numFailedTests, numFailedTestSuites, numPendingTests }) {
    // A suite that could not even start has no failed test of its own.
    const failed = Math.max(numFailedTests, numFailedTestSuites > 0 ? 1 : 0);
    const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : "";
    // Jest prints a summary of its own after the reporters.
    process.once("exit", () => {
      console.log(`${numPassedTests} passed, ${failed} failed${skipped}`);
    });
  }
};
