import { expect, test } from 'vitest';
import { Timings } from '../../src/main/timings';

test('the times of answers are those of the latest hundred, and the counts those of all', () => {
  const timings = new Timings();
  expect(timings.figures).toEqual({
    answers: 0,
    failed: 0,
    first: undefined,
    median: 0,
    slowest: 0,
  });
  timings.add(9_000, false, 500);
  for (let answer = 1; answer <= 101; answer += 1) timings.add(answer, true, 800 + answer);
  expect(timings.figures).toEqual({
    answers: 102,
    failed: 1,
    first: 801,
    median: 52,
    slowest: 101,
  });
});
