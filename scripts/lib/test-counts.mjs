/**
 * @typedef {{ passed: number, skipped: number, failures: string[] }} Counts
 *
 * @typedef {{ numPassedTests: number, numPendingTests: number, testResults: { name: string,
 *   status: string, assertionResults: { status: string, fullName: string }[] }[] }} VitestReport
 *
 * @typedef {{ specs: { title: string, ok: boolean, file: string, line: number }[],
 *   suites?: PlaywrightSuite[] }} PlaywrightSuite
 *
 * @typedef {{ suites: PlaywrightSuite[], errors: { message?: string }[],
 *   stats: { expected: number, flaky: number, skipped: number } }} PlaywrightReport
 */

/**
 * Counts a run that left no report as a single test.
 *
 * @param {number} exitCode
 * @returns {Counts}
 */
export function countCheck(exitCode) {
  return failIfFailed(exitCode, { passed: exitCode === 0 ? 1 : 0, skipped: 0, failures: [] });
}

/**
 * @param {VitestReport} report
 * @param {number} exitCode
 */
export function countVitest({ numPassedTests, numPendingTests, testResults }, exitCode) {
  const failures = testResults.flatMap(({ name, status, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    // A file that can't be loaded fails without any tests.
    if (status === 'failed' && failed.length === 0) return [name];
    return failed.map(({ fullName }) => `${name}: ${fullName}`);
  });
  return failIfFailed(exitCode, { passed: numPassedTests, skipped: numPendingTests, failures });
}

/**
 * @param {PlaywrightReport} report
 * @param {number} exitCode
 */
export function countPlaywright({ suites, errors, stats }, exitCode) {
  const failed = suites.flatMap(getSpecs).filter(({ ok }) => !ok);
  const failures = [
    ...failed.map(({ file, line, title }) => `${file}:${line}: ${title}`),
    ...errors.map(({ message }) => message ?? 'an error outside of any test'),
  ];
  const passed = stats.expected + stats.flaky;
  return failIfFailed(exitCode, { passed, skipped: stats.skipped, failures });
}

/** @type {(suite: PlaywrightSuite) => PlaywrightSuite['specs']} */
const getSpecs = ({ specs, suites = [] }) => [...specs, ...suites.flatMap(getSpecs)];

/** @type {(exitCode: number, counts: Counts) => Counts} */
const failIfFailed = (exitCode, counts) =>
  exitCode !== 0 && counts.failures.length === 0 ? { ...counts, failures: ['as a whole'] } : counts;
