import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND, type Wish } from '../session-fixture';
import { atWork, shown } from './fixtures';

describe('a long hold', () => {
  const held: Wish = { id: 'H', held: true };

  test('alerts once when it has lasted two minutes', () => {
    const desk = atWork();
    desk.polls(held);
    desk.passes(59 * SECOND);
    desk.polls(held);
    desk.passes(60 * SECOND);
    desk.polls(held);
    expect(desk.raised).toEqual([]);
    desk.passes(SECOND);
    desk.polls(held);
    desk.pollsOn(held);
    expect(desk.raised).toMatchObject([{ kind: 'long-hold', limitMs: 2 * MINUTE }]);
  });

  test('takes its notification with it when it ends, and the next hold has its own', () => {
    const desk = atWork();
    desk.setsRules({ holdLimitMs: 10 * SECOND });
    desk.polls(held);
    desk.pollsOn(held);
    desk.polls({ id: 'H', connected: true });
    expect(desk.shows).toEqual([]);
    desk.polls(held);
    desk.pollsOn(held);
    expect(desk.raised).toHaveLength(2);
  });

  test('takes its notification with it when the call vanishes', () => {
    const desk = atWork();
    desk.setsRules({ holdLimitMs: 10 * SECOND });
    desk.polls(held);
    desk.pollsOn(held);
    desk.polls();
    expect(desk.shows).toEqual([]);
  });

  test('of a call that was made alerts too', () => {
    const desk = atWork();
    desk.setsRules({ holdLimitMs: 10 * SECOND });
    desk.polls({ ...held, outgoing: true });
    desk.pollsOn({ ...held, outgoing: true });
    expect(shown(desk)).toEqual(['H held']);
  });

  test('never alerts when that is off', () => {
    const desk = atWork();
    desk.setsRules({ holdLimitMs: null });
    desk.polls(held);
    desk.pollsOn(held);
    expect(desk.raised).toEqual([]);
  });

  test('is not told again after a restart', () => {
    const desk = atWork();
    desk.setsRules({ holdLimitMs: 10 * SECOND });
    desk.polls(held);
    desk.pollsOn(held);
    desk.restarts();
    desk.polls(held);
    desk.pollsOn(held);
    expect(desk.raised).toHaveLength(1);
  });
});
