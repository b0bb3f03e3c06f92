import { describe, expect, test } from 'vitest';
import { MINUTE, type SessionFixture } from '../session-fixture';
import { createSignedInHarness, GRACE, MARGARET, describeAlerts } from './fixtures';

describe('do not disturb', () => {
  test('silences rings, and announces one that is still ringing when it ends', () => {
    const harness = createSignedInHarness();
    harness.setsRules({ isDoNotDisturb: true });
    harness.polls(GRACE);
    expect(harness.raised).toEqual([]);
    harness.setsRules({ isDoNotDisturb: false });
    expect(describeAlerts(harness)).toEqual(['Grace Hopper rings']);
  });

  test('takes down what rings and does not put it up again', () => {
    const harness = createSignedInHarness();
    harness.polls(GRACE);
    harness.setsRules({ isDoNotDisturb: true });
    expect(harness.shows).toEqual([]);
    harness.setsRules({ isDoNotDisturb: false });
    harness.polls(GRACE);
    expect(harness.raised).toHaveLength(1);
  });

  test('still logs misses, and reports them together when it ends', () => {
    const harness = createSignedInHarness();
    harness.setsRules({ isDoNotDisturb: true });
    harness.polls(GRACE, MARGARET);
    harness.polls();
    harness.looksUpToTheEnd('refused');
    expect(harness.shows).toEqual([]);
    expect(harness.log.get('G')).toMatchObject({ outcome: { kind: 'missed' }, isSeen: false });
    harness.setsRules({ isDoNotDisturb: false });
    expect(describeAlerts(harness)).toEqual(['2 missed, do-not-disturb']);
  });

  test('reports a single miss by itself', () => {
    const harness = createSignedInHarness();
    harness.setsRules({ isDoNotDisturb: true });
    harness.polls({ ...GRACE, missed: true, ringing: false });
    harness.setsRules({ isDoNotDisturb: false });
    expect(harness.shows).toMatchObject([
      { kind: 'missed', missedCall: { foundDuring: 'do-not-disturb' } },
    ]);
  });

  test('that outlives the run reports in the next one', () => {
    const harness = createSignedInHarness();
    harness.setsRules({ isDoNotDisturb: true });
    harness.polls({ id: 'A', missed: true }, { id: 'B', missed: true });
    harness.restarts(60 * MINUTE);
    harness.polls();
    expect(harness.shows).toEqual([]);
    harness.setsRules({ isDoNotDisturb: false });
    expect(describeAlerts(harness)).toEqual(['2 missed, do-not-disturb']);
  });

  test('reports an inferred miss as certain when the server has confirmed it meanwhile', () => {
    const harness = createSignedInHarness();
    harness.setsRules({ isDoNotDisturb: true });
    harness.polls(GRACE);
    harness.polls();
    harness.looksUpToTheEnd('refused');
    harness.polls({ ...GRACE, ringing: false, ended: true, missed: true });
    harness.setsRules({ isDoNotDisturb: false });
    expect(harness.shows).toMatchObject([{ kind: 'missed', missedCall: { isInferred: false } }]);
  });

  test('silences holds and trouble', () => {
    const harness = createSignedInHarness();
    harness.setsRules({ isDoNotDisturb: true, holdLimitMs: 0 });
    harness.polls({ id: 'H', held: true });
    harness.fails('sign-in');
    expect(harness.raised).toEqual([]);
  });
});

describe('the rules that the person sets', () => {
  const muted = { channels: ['Chat'], customers: ['Bright Dental'], endpoints: ['Back office'] };

  test.each<[string, SessionFixture]>([
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
    const harness = createSignedInHarness();
    harness.setsRules({ muted });
    harness.polls(call);
    harness.polls({ ...call, ringing: false, missed: true });
    expect(harness.raised).toEqual([]);
    expect(harness.log.get('X')?.outcome.kind).toBe('missed');
  });

  test('turn rings off and misses not', () => {
    const harness = createSignedInHarness();
    harness.setsRules({ shouldAlertRings: false });
    harness.polls(GRACE);
    harness.polls({ ...GRACE, ringing: false, missed: true });
    expect(describeAlerts(harness)).toEqual(['Grace Hopper missed']);
  });

  test('turn misses off and rings not', () => {
    const harness = createSignedInHarness();
    harness.setsRules({ shouldAlertMissedCalls: false });
    harness.polls(GRACE);
    harness.polls({ ...GRACE, ringing: false, missed: true });
    expect(harness.raised).toMatchObject([{ kind: 'ringing' }]);
    harness.setsRules({ shouldAlertMissedCalls: true });
    expect(harness.raised).toHaveLength(1);
  });

  test('tell of a ring that goes on when rings are turned on again', () => {
    const harness = createSignedInHarness();
    harness.setsRules({ shouldAlertRings: false });
    harness.polls(GRACE);
    harness.setsRules({ shouldAlertRings: true });
    expect(describeAlerts(harness)).toEqual(['Grace Hopper rings']);
  });
});
