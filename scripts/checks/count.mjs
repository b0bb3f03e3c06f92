/**
 * @typedef {{ passed: number, failed: number, skipped: number, failures: readonly string[] }} Count
 *   of tests, with the names of those that failed as far as they have any
 *
 * @typedef {{ numPassedTests: number, numFailedTests: number, numPendingTests: number,
 *   numTodoTests: number, testResults: readonly { name: string, status: string,
 *   assertionResults: readonly { status: string, fullName: string,
 *   failureMessages?: readonly string[] }[] }[] }} VitestReport
 *
 * @typedef {{ title: string, suites?: readonly PlaywrightSuite[], specs: readonly { title: string,
 *   ok: boolean, file: string, line: number }[] }} PlaywrightSuite
 *
 * @typedef {{ errors: readonly unknown[], suites: readonly PlaywrightSuite[], stats: {
 *   expected: number, unexpected: number, flaky: number, skipped: number } }} PlaywrightReport
 */

/**
 * A check that either passes or fails as a whole.
 *
 * @param {number} code the exit code of its program
 * @returns {Count}
 */
export function countCheck(code) {
  const [passed, failed] = code === 0 ? [1, 0] : [0, 1];
  return { passed, failed, skipped: 0, failures: [] };
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
    failures: [
      ...broken.map(({ name }) => name),
      ...report.testResults.flatMap(({ name, assertionResults }) =>
        assertionResults
          .filter(({ status }) => status === 'failed')
          .map(({ fullName, failureMessages = [] }) =>
            [name, fullName, ...failureMessages.map(firstLine)].join(': '),
          ),
      ),
    ],
  });
}

/** @param {string} text */
function firstLine(text) {
  return text.split('\n', 1).join('');
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
    failures: report.suites.flatMap(failedSpecs),
  });
}

/**
 * @param {PlaywrightSuite} suite
 * @returns {string[]}
 */
function failedSpecs({ suites = [], specs }) {
  const own = specs.filter(({ ok }) => !ok);
  return [
    ...own.map(({ title, file, line }) => `${file}:${line}: ${title}`),
    ...suites.flatMap(failedSpecs),
  ];
}

/**
 * All counts together.
 *
 * @param {readonly Count[]} counts
 * @returns {Count}
 */
export function sum(counts) {
  return counts.reduce(
    (total, { passed, failed, skipped, failures }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      skipped: total.skipped + skipped,
      failures: [...total.failures, ...failures],
    }),
    { passed: 0, failed: 0, skipped: 0, failures: [] },
  );
}

/**
 * The last line of a run: these words and no others, for programs read it too.
 *
 * @param {Count} count
 * @returns {string}
 */
export function summary({ passed, failed }) {
  return `${passed} passed, ${failed} failed`;
}

/**
 * The same for people, with the skipped ones if there are any.
 *
 * @param {Count} count
 * @returns {string}
 */
export function inWords(count) {
  return summary(count) + (count.skipped > 0 ? `, ${count.skipped} skipped` : '');
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
