import { expect, test } from 'vitest';
import { SECOND, type SessionFixture } from '../session-fixture';
import { AlertHarness } from './harness';

/** How many missed calls the state remembers and queues. */
const MAX_REMEMBERED = 10_000;
const MAX_QUEUED = 5_000;

test('reduce forgets the oldest missed calls beyond the limit', () => {
  const harness = new AlertHarness();
  harness.changeRules({ shouldAlertMissedCalls: false });
  harness.poll();
  harness.poll(...createMissed('old', 3));
  harness.poll();
  harness.poll(...createMissed('new', MAX_REMEMBERED / 2));
  harness.poll(...createMissed('newest', MAX_REMEMBERED / 2 - 1));
  expect(harness.state.missed.size).toBe(MAX_REMEMBERED);
  const ids = [...harness.state.missed.keys()];
  expect(ids.filter((id) => id.startsWith('old'))).toEqual(['old-2']);
});

test('reduce announces the latest missed calls if there are more than the queue holds', () => {
  const harness = new AlertHarness();
  harness.poll();
  harness.changeRules({ isDoNotDisturb: true });
  harness.poll(...createMissed('old', 3));
  harness.poll(...createMissed('new', MAX_QUEUED - 1));
  harness.advance(SECOND);
  harness.changeRules({ isDoNotDisturb: false });
  expect(harness.raised).toMatchObject([{ kind: 'missed-digest' }]);
  const announced = harness.raised.flatMap((alert) =>
    alert.kind === 'missed-digest' ? alert.missedCalls : [],
  );
  const ids = announced.map(({ summary }) => summary.id);
  expect(ids).toHaveLength(MAX_QUEUED);
  expect(ids.filter((id) => id.startsWith('old'))).toEqual(['old-2']);
});

function createMissed(name: string, count: number): readonly SessionFixture[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `${name}-${index}`,
    ended: true,
    missed: true,
  }));
}
