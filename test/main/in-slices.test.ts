import { expect, test, vi } from 'vitest';
import { inSlices } from '../../src/main/in-slices';

test('short work is done at once', async () => {
  const others = vi.fn();
  setImmediate(others);
  expect(await inSlices(steps(10, 0))).toBe(10);
  expect(others).not.toHaveBeenCalled();
});

test('long work lets others have their turn', async () => {
  let turns = 0;
  let done = false;
  const other = (): void => {
    turns += 1;
    if (!done) setImmediate(other);
  };
  setImmediate(other);
  expect(await inSlices(steps(12, 3))).toBe(12);
  done = true;
  expect(turns).toBeGreaterThanOrEqual(2);
});

test('what goes wrong within reaches who waits', async () => {
  await expect(inSlices(broken())).rejects.toThrow('broken');
});

/** So many steps that take so many ms each. */
function* steps(count: number, ms: number): Generator<undefined, number> {
  for (let step = 0; step < count; step += 1) {
    const until = performance.now() + ms;
    while (performance.now() < until);
    yield;
  }
  return count;
}

function* broken(): Generator<undefined, never> {
  yield;
  throw new Error('broken');
}
