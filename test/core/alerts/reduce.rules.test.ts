import { describe, expect, test } from 'vitest';
import { MINUTE, type Wish } from '../session-fixture';
import { atWork, GRACE, MARGARET, shown } from './fixtures';

describe('do not disturb', () => {
  test('silences rings; one that is still ringing when it ends is told then', () => {
    const desk = atWork();
    desk.setsRules({ isDoNotDisturb: true });
    desk.polls(GRACE);
    expect(desk.raised).toEqual([]);
    desk.setsRules({ isDoNotDisturb: false });
    expect(shown(desk)).toEqual(['Grace Hopper rings']);
  });

  test('takes down what rings and does not put it up again', () => {
    const desk = atWork();
    desk.polls(GRACE);
    desk.setsRules({ isDoNotDisturb: true });
    expect(desk.shows).toEqual([]);
    desk.setsRules({ isDoNotDisturb: false });
    desk.polls(GRACE);
    expect(desk.raised).toHaveLength(1);
  });

  test('still logs misses, and reports them together when it ends', () => {
    const desk = atWork();
    desk.setsRules({ isDoNotDisturb: true });
    desk.polls(GRACE, MARGARET);
    desk.polls();
    desk.looksUpToTheEnd('refused');
    expect(desk.shows).toEqual([]);
    expect(desk.log.get('G')).toMatchObject({ outcome: { kind: 'missed' }, isSeen: false });
    desk.setsRules({ isDoNotDisturb: false });
    expect(shown(desk)).toEqual(['2 missed, do-not-disturb']);
  });

  test('reports a single miss by itself', () => {
    const desk = atWork();
    desk.setsRules({ isDoNotDisturb: true });
    desk.polls({ ...GRACE, missed: true, ringing: false });
    desk.setsRules({ isDoNotDisturb: false });
    expect(desk.shows).toMatchObject([
      { kind: 'missed', missedCall: { foundDuring: 'do-not-disturb' } },
    ]);
  });

  test('that outlives the run reports in the next one', () => {
    const desk = atWork();
    desk.setsRules({ isDoNotDisturb: true });
    desk.polls({ id: 'A', missed: true }, { id: 'B', missed: true });
    desk.restarts(60 * MINUTE);
    desk.polls();
    expect(desk.shows).toEqual([]);
    desk.setsRules({ isDoNotDisturb: false });
    expect(shown(desk)).toEqual(['2 missed, do-not-disturb']);
  });

  test('reports an inferred miss as certain when the server has confirmed it meanwhile', () => {
    const desk = atWork();
    desk.setsRules({ isDoNotDisturb: true });
    desk.polls(GRACE);
    desk.polls();
    desk.looksUpToTheEnd('refused');
    desk.polls({ ...GRACE, ringing: false, ended: true, missed: true });
    desk.setsRules({ isDoNotDisturb: false });
    expect(desk.shows).toMatchObject([{ kind: 'missed', missedCall: { isInferred: false } }]);
  });

  test('silences holds and trouble', () => {
    const desk = atWork();
    desk.setsRules({ isDoNotDisturb: true, holdLimitMs: 0 });
    desk.polls({ id: 'H', held: true });
    desk.fails('sign-in');
    expect(desk.raised).toEqual([]);
  });
});

describe('the rules that the person sets', () => {
  const muted = { channels: ['Chat'], customers: ['Bright Dental'], endpoints: ['Back office'] };

  test.each<[string, Wish]>([
    ['channel', { id: 'X', ringing: true, wire: { channel: 'Chat' } }],
    ['customer', { id: 'X', ringing: true, customer: 'Bright Dental' }],
    ['endpoint', { id: 'X', ringing: true, endpoint: 'Back office' }],
    [
      'customer above',
      {
        id: 'X',
        ringing: true,
        customer: 'Reception',
        wire: { customerBreadcrumb: [{ id: 'C', name: 'Bright Dental' }] },
      },
    ],
  ])('mute a %s: neither ring nor miss alerts, and both are logged', (_, call) => {
    const desk = atWork();
    desk.setsRules({ muted });
    desk.polls(call);
    desk.polls({ ...call, ringing: false, missed: true });
    expect(desk.raised).toEqual([]);
    expect(desk.log.get('X')?.outcome.kind).toBe('missed');
  });

  test('turn rings off and misses not', () => {
    const desk = atWork();
    desk.setsRules({ shouldAlertRings: false });
    desk.polls(GRACE);
    desk.polls({ ...GRACE, ringing: false, missed: true });
    expect(shown(desk)).toEqual(['Grace Hopper missed']);
  });

  test('turn misses off and rings not', () => {
    const desk = atWork();
    desk.setsRules({ shouldAlertMissedCalls: false });
    desk.polls(GRACE);
    desk.polls({ ...GRACE, ringing: false, missed: true });
    expect(desk.raised).toMatchObject([{ kind: 'ringing' }]);
    desk.setsRules({ shouldAlertMissedCalls: true });
    expect(desk.raised).toHaveLength(1);
  });

  test('tell of a ring that goes on when rings are turned on again', () => {
    const desk = atWork();
    desk.setsRules({ shouldAlertRings: false });
    desk.polls(GRACE);
    desk.setsRules({ shouldAlertRings: true });
    expect(shown(desk)).toEqual(['Grace Hopper rings']);
  });
});
