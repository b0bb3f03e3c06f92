/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Count of tests
 *
 * @typedef {{ numPassedTests: number, numFailedTests: number, numPendingTests: number,
 *   numTodoTests: number, testResults: readonly { status: string,
 *   assertionResults: readonly { status: string }[] }[] }} VitestReport
 *
 * @typedef {{ errors: readonly unknown[], stats: { expected: number, unexpected: number,
 *   flaky: number, skipped: number } }} PlaywrightReport
 */

/**
 * A check that either passes or fails as a whole.
 *
 * @param {number} code the exit code of its program
 * @returns {Count}
 */
export function countCheck(code) {
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/**
 * @param {VitestReport | undefined} report undefined when it left none
 * @param {number} code its exit code
 * @returns {Count}
 */
export function countVitest(report, code) {
  if (report === undefined) return countCheck(1);
  // A file that does not even load has no tests to count.
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  return neverClean(code, {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  });
}

/**
 * @param {PlaywrightReport | undefined} report undefined when it left none
 * @param {number} code its exit code
 * @returns {Count}
 */
export function countPlaywright(report, code) {
  if (report === undefined) return countCheck(1);
  const { expected, unexpected, flaky, skipped } = report.stats;
  return neverClean(code, {
    passed: expected + flaky,
    failed: unexpected + report.errors.length,
    skipped,
  });
}

/**
 * All counts together.
 *
 * @param {readonly Count[]} counts
 * @returns {Count}
 */
export function sum(counts) {
  return counts.reduce(
    (total, { passed, failed, skipped }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      skipped: total.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/**
 * The last line of a run.
 *
 * @param {Count} count
 * @returns {string}
 */
export function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/**
 * A program that failed is a failure, also when no single test is to blame.
 *
 * @param {number} code
 * @param {Count} count
 * @returns {Count}
 */
function neverClean(code, count) {
  return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}
