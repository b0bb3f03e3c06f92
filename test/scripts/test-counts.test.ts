import { describe, expect, it } from 'vitest';
import { countCheck, countPlaywright, countVitest } from '../../scripts/lib/test-counts.mjs';

const vitestReport = {
  numPassedTests: 5,
  numPendingTests: 1,
  testResults: [
    {
      name: 'test/core/hold.test.ts',
      status: 'passed',
      assertionResults: [{ status: 'passed', fullName: 'alerts once per hold' }],
    },
  ],
};
const playwrightReport = {
  suites: [],
  errors: [],
  stats: { expected: 4, flaky: 1, skipped: 2 },
};

describe('test counts', () => {
  it('count a check as one test', () => {
    expect(countCheck(0)).toEqual({ passed: 1, skipped: 0, failures: [] });
    expect(countCheck(2)).toEqual({ passed: 0, skipped: 0, failures: ['as a whole'] });
  });

  it('count the tests in a report', () => {
    expect(countVitest(vitestReport, 0)).toEqual({ passed: 5, skipped: 1, failures: [] });
    expect(countPlaywright(playwrightReport, 0)).toEqual({ passed: 5, skipped: 2, failures: [] });
  });

  it('name failed unit tests and files that could not be loaded', () => {
    const testResults = [
      { name: 'broken.test.ts', status: 'failed', assertionResults: [] },
      {
        name: 'ring.test.ts',
        status: 'failed',
        assertionResults: [{ status: 'failed', fullName: 'rings once' }],
      },
    ];
    expect(countVitest({ ...vitestReport, testResults }, 1).failures).toEqual([
      'broken.test.ts',
      'ring.test.ts: rings once',
    ]);
  });

  it('name failed end-to-end tests at any depth and errors outside of tests', () => {
    const spec = { file: 'ring.e2e.ts', line: 7 };
    const nested = { specs: [{ ...spec, title: 'rings', ok: false }] };
    const suites = [{ specs: [{ ...spec, title: 'starts', ok: true }], suites: [nested] }];
    const errors = [{ message: 'no such import' }];
    expect(countPlaywright({ ...playwrightReport, suites, errors }, 1).failures).toEqual([
      'ring.e2e.ts:7: rings',
      'no such import',
    ]);
  });

  it('count a run that failed without a failed test as a failure', () => {
    expect(countVitest(vitestReport, 1).failures).toHaveLength(1);
    expect(countPlaywright(playwrightReport, 1).failures).toHaveLength(1);
  });
});
