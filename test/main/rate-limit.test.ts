import { expect, test } from 'vitest';
import { RateLimit } from '../../src/main/rate-limit';

test('a rate limit allows a number of actions per minute', () => {
  const limit = new RateLimit(2);
  const allowed = [0, 1_000, 2_000, 59_999, 60_000, 60_500].map((now) => limit.allow(now));
  expect(allowed).toEqual([true, true, false, false, true, false]);
});
