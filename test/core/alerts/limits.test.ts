import { expect, test } from 'vitest';
import { SECOND, type SessionFixture } from '../session-fixture';
import { AlertHarness } from './harness';

/** As many misses are remembered, and can wait to be told, whatever a server makes up. */
const MAX_REMEMBERED = 10_000;
const MAX_QUEUED = 5_000;

test('of more misses than can be remembered the oldest are forgotten', () => {
  const harness = new AlertHarness();
  harness.changeRules({ shouldAlertMissedCalls: false });
  harness.poll();
  harness.poll(...misses('old', 3));
  harness.poll();
  harness.poll(...misses('new', MAX_REMEMBERED / 2));
  harness.poll(...misses('newest', MAX_REMEMBERED / 2 - 1));
  expect(harness.state.missed.size).toBe(MAX_REMEMBERED);
  const ids = [...harness.state.missed.keys()];
  expect(ids.filter((id) => id.startsWith('old'))).toEqual(['old-2']);
});

test('announces the latest missed calls if there are more than the queue holds', () => {
  const harness = new AlertHarness();
  harness.poll();
  harness.changeRules({ isDoNotDisturb: true });
  harness.poll(...misses('old', 3));
  harness.poll(...misses('new', MAX_QUEUED - 1));
  harness.advance(SECOND);
  harness.changeRules({ isDoNotDisturb: false });
  expect(harness.raised).toMatchObject([{ kind: 'missed-digest' }]);
  const told = harness.raised.flatMap((alert) =>
    alert.kind === 'missed-digest' ? alert.missedCalls : [],
  );
  const ids = told.map(({ summary }) => summary.id);
  expect(ids).toHaveLength(MAX_QUEUED);
  expect(ids.filter((id) => id.startsWith('old'))).toEqual(['old-2']);
});

function misses(name: string, count: number): readonly SessionFixture[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `${name}-${at}`,
    ended: true,
    missed: true,
  }));
}
