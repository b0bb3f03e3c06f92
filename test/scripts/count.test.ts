import { describe, expect, it } from 'vitest';
import {
  countCheck,
  countPlaywright,
  countVitest,
  sum,
  summary,
} from '../../scripts/checks/count.mjs';

const vitest = {
  numPassedTests: 5,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 1,
  testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }] }],
};
const playwright = { errors: [], stats: { expected: 4, unexpected: 0, flaky: 1, skipped: 2 } };

describe('counting', () => {
  it('takes a check as one', () => {
    expect(countCheck(0)).toEqual({ passed: 1, failed: 0, skipped: 0 });
    expect(countCheck(2)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('takes every test', () => {
    expect(countVitest(vitest, 0)).toEqual({ passed: 5, failed: 0, skipped: 2 });
    expect(countPlaywright(playwright, 0)).toEqual({ passed: 5, failed: 0, skipped: 2 });
  });

  it('takes a file that does not load as a failure', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
    ];
    const report = { ...vitest, numFailedTests: 1, testResults };
    expect(countVitest(report, 1)).toMatchObject({ failed: 2 });
    expect(countPlaywright({ ...playwright, errors: ['no such import'] }, 1).failed).toBe(1);
  });

  it('takes a run without a report, or one that failed as a whole, as a failure', () => {
    expect(countVitest(undefined, 0).failed).toBe(1);
    expect(countPlaywright(undefined, 0).failed).toBe(1);
    expect(countVitest(vitest, 1)).toEqual({ passed: 5, failed: 1, skipped: 2 });
    expect(countPlaywright(playwright, 1)).toEqual({ passed: 5, failed: 1, skipped: 2 });
  });

  it('ends in one line, with the skipped ones only if there are any', () => {
    const clean = sum([countCheck(0), countCheck(0), countCheck(1)]);
    expect(summary(clean)).toBe('2 passed, 1 failed');
    expect(summary(sum([clean, countVitest(vitest, 0)]))).toBe('7 passed, 1 failed, 2 skipped');
    expect(summary(sum([]))).toBe('0 passed, 0 failed');
  });
});
