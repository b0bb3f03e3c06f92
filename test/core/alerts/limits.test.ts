import { expect, test } from 'vitest';
import { SECOND, type SessionFixture } from '../session-fixture';
import { AlertHarness } from './harness';

/** As many misses are remembered, and can wait to be told, whatever a server makes up. */
const MAX_REMEMBERED = 10_000;
const MAX_QUEUED = 5_000;

test('of more misses than can be remembered the oldest are forgotten', () => {
  const harness = new AlertHarness();
  harness.setsRules({ shouldAlertMissedCalls: false });
  harness.polls();
  harness.polls(...misses('old', 3));
  harness.polls();
  harness.polls(...misses('new', MAX_REMEMBERED / 2));
  harness.polls(...misses('newest', MAX_REMEMBERED / 2 - 1));
  expect(harness.watch.missed.size).toBe(MAX_REMEMBERED);
  const ids = [...harness.watch.missed.keys()];
  expect(ids.filter((id) => id.startsWith('old'))).toEqual(['old-2']);
});

test('announces the latest missed calls if there are more than the queue holds', () => {
  const harness = new AlertHarness();
  harness.polls();
  harness.setsRules({ isDoNotDisturb: true });
  harness.polls(...misses('old', 3));
  harness.polls(...misses('new', MAX_QUEUED - 1));
  harness.passes(SECOND);
  harness.setsRules({ isDoNotDisturb: false });
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
