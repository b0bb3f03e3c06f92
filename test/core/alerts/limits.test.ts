import { expect, test } from 'vitest';
import { SECOND, type Wish } from '../session-fixture';
import { Desk } from './harness';

/** As many misses are remembered, and can wait to be told, whatever a server makes up. */
const MOST_TOLD = 10_000;
const MOST_WAITING = 5_000;

test('of more misses than can be remembered the oldest are forgotten', () => {
  const desk = new Desk();
  desk.setsRules({ shouldAlertMissedCalls: false });
  desk.polls();
  desk.polls(...misses('old', 3));
  desk.polls();
  desk.polls(...misses('new', MOST_TOLD / 2));
  desk.polls(...misses('newest', MOST_TOLD / 2 - 1));
  expect(desk.watch.missed.size).toBe(MOST_TOLD);
  const ids = [...desk.watch.missed.keys()];
  expect(ids.filter((id) => id.startsWith('old'))).toEqual(['old-2']);
});

test('of more misses than can wait the latest are told', () => {
  const desk = new Desk();
  desk.polls();
  desk.setsRules({ isDoNotDisturb: true });
  desk.polls(...misses('old', 3));
  desk.polls(...misses('new', MOST_WAITING - 1));
  desk.passes(SECOND);
  desk.setsRules({ isDoNotDisturb: false });
  expect(desk.raised).toMatchObject([{ kind: 'missed-digest' }]);
  const told = desk.raised.flatMap((alert) =>
    alert.kind === 'missed-digest' ? alert.missedCalls : [],
  );
  const ids = told.map(({ summary }) => summary.id);
  expect(ids).toHaveLength(MOST_WAITING);
  expect(ids.filter((id) => id.startsWith('old'))).toEqual(['old-2']);
});

function misses(name: string, count: number): readonly Wish[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `${name}-${at}`,
    ended: true,
    missed: true,
  }));
}
