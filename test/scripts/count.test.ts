import { describe, expect, it } from 'vitest';
import {
  countCheck,
  countPlaywright,
  countVitest,
  inWords,
  sum,
  summary,
} from '../../scripts/checks/count.mjs';

const vitest = {
  numPassedTests: 5,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 1,
  testResults: [
    {
      name: 'test/core/hold.test.ts',
      status: 'passed',
      assertionResults: [{ status: 'passed', fullName: 'a hold ends' }],
    },
  ],
};
const playwright = {
  errors: [],
  suites: [],
  stats: { expected: 4, unexpected: 0, flaky: 1, skipped: 2 },
};

describe('counting', () => {
  it('takes a check as one', () => {
    expect(countCheck(0)).toEqual({ passed: 1, failed: 0, skipped: 0, failures: [] });
    expect(countCheck(2)).toEqual({ passed: 0, failed: 1, skipped: 0, failures: [] });
  });

  it('takes every test', () => {
    expect(countVitest(vitest, 0)).toMatchObject({ passed: 5, failed: 0, skipped: 2 });
    expect(countPlaywright(playwright, 0)).toMatchObject({ passed: 5, failed: 0, skipped: 2 });
  });

  it('takes a file that does not load as a failure', () => {
    const testResults = [
      { name: 'broken.test.ts', status: 'failed', assertionResults: [] },
      {
        name: 'wrong.test.ts',
        status: 'failed',
        assertionResults: [
          {
            status: 'failed',
            fullName: 'a ring rings once',
            failureMessages: ['Error: it rang twice\n    at ring.ts:7'],
          },
        ],
      },
    ];
    const report = { ...vitest, numFailedTests: 1, testResults };
    expect(countVitest(report, 1)).toMatchObject({
      failed: 2,
      failures: ['broken.test.ts', 'wrong.test.ts: a ring rings once: Error: it rang twice'],
    });
    expect(countPlaywright({ ...playwright, errors: ['no such import'] }, 1).failed).toBe(1);
  });

  it('names what failed on the real app, however deep it stands', () => {
    const spec = { file: 'spine.e2e.ts', line: 7 };
    const inner = { title: 'a day', specs: [{ ...spec, title: 'rings', ok: false }] };
    const specs = [{ ...spec, title: 'starts', ok: true }];
    const suites = [{ title: 'spine.e2e.ts', specs, suites: [inner] }];
    const stats = { ...playwright.stats, unexpected: 1 };
    const { failures } = countPlaywright({ ...playwright, suites, stats }, 1);
    expect(failures).toEqual(['spine.e2e.ts:7: rings']);
  });

  it('takes a run without a report, or one that failed as a whole, as a failure', () => {
    expect(countVitest(undefined, 0).failed).toBe(1);
    expect(countPlaywright(undefined, 0).failed).toBe(1);
    expect(countVitest(vitest, 1)).toMatchObject({ passed: 5, failed: 1, skipped: 2 });
    expect(countPlaywright(playwright, 1)).toMatchObject({ passed: 5, failed: 1, skipped: 2 });
  });

  it('ends in the one line that programs read, whatever was skipped', () => {
    const clean = sum([countCheck(0), countCheck(0), countCheck(1)]);
    expect(summary(clean)).toBe('2 passed, 1 failed');
    expect(summary(sum([clean, countVitest(vitest, 0)]))).toBe('7 passed, 1 failed');
    expect(summary(sum([]))).toBe('0 passed, 0 failed');
  });

  it('tells people of the skipped ones, if there are any', () => {
    expect(inWords(countCheck(0))).toBe('1 passed, 0 failed');
    expect(inWords(countVitest(vitest, 0))).toBe('5 passed, 0 failed, 2 skipped');
  });
});
