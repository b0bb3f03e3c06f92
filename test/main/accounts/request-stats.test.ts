import { expect, test } from 'vitest';
import { RequestStats } from '../../../src/main/accounts/request-stats';

test('RequestStats summarizes the latest hundred durations and counts all polls', () => {
  const stats = new RequestStats();
  expect(stats.summary).toEqual({
    polls: 0,
    failed: 0,
    firstMs: undefined,
    medianMs: 0,
    slowestMs: 0,
  });
  stats.add(9_000, false, 500);
  for (let poll = 1; poll <= 101; poll += 1) stats.add(poll, true, 800 + poll);
  expect(stats.summary).toEqual({
    polls: 102,
    failed: 1,
    firstMs: 801,
    medianMs: 52,
    slowestMs: 101,
  });
});
