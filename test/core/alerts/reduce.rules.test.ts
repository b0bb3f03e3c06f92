import { describe, expect, test } from 'vitest';
import { MINUTE, type SessionFixture } from '../session-fixture';
import { createSignedInHarness, GRACE, MARGARET, describeAlerts } from './fixtures';

describe('reduce: Do Not Disturb', () => {
  test('silences rings and announces a call that is still ringing when it ends', () => {
    const harness = createSignedInHarness();
    harness.changeRules({ isDoNotDisturb: true });
    harness.poll(GRACE);
    expect(harness.raised).toEqual([]);
    harness.changeRules({ isDoNotDisturb: false });
    expect(describeAlerts(harness)).toEqual(['Grace Hopper rings']);
  });

  test('withdraws ring alerts and does not raise them again', () => {
    const harness = createSignedInHarness();
    harness.poll(GRACE);
    harness.changeRules({ isDoNotDisturb: true });
    expect(harness.visibleAlerts).toEqual([]);
    harness.changeRules({ isDoNotDisturb: false });
    harness.poll(GRACE);
    expect(harness.raised).toHaveLength(1);
  });

  test('logs missed calls and announces them together when it ends', () => {
    const harness = createSignedInHarness();
    harness.changeRules({ isDoNotDisturb: true });
    harness.poll(GRACE, MARGARET);
    harness.poll();
    harness.resolveAllLookups('refused');
    expect(harness.visibleAlerts).toEqual([]);
    expect(harness.log.get('G')).toMatchObject({ outcome: { kind: 'missed' }, isSeen: false });
    harness.changeRules({ isDoNotDisturb: false });
    expect(describeAlerts(harness)).toEqual(['2 missed, do-not-disturb']);
  });

  test('announces a single missed call by name when it ends', () => {
    const harness = createSignedInHarness();
    harness.changeRules({ isDoNotDisturb: true });
    harness.poll({ ...GRACE, missed: true, ringing: false });
    harness.changeRules({ isDoNotDisturb: false });
    expect(harness.visibleAlerts).toMatchObject([
      { kind: 'missed', missedCall: { foundDuring: 'do-not-disturb' } },
    ]);
  });

  test('announces missed calls when it ends after a restart', () => {
    const harness = createSignedInHarness();
    harness.changeRules({ isDoNotDisturb: true });
    harness.poll({ id: 'A', missed: true }, { id: 'B', missed: true });
    harness.restart(60 * MINUTE);
    harness.poll();
    expect(harness.visibleAlerts).toEqual([]);
    harness.changeRules({ isDoNotDisturb: false });
    expect(describeAlerts(harness)).toEqual(['2 missed, do-not-disturb']);
  });

  test('announces an inferred missed call as certain if the server confirmed it', () => {
    const harness = createSignedInHarness();
    harness.changeRules({ isDoNotDisturb: true });
    harness.poll(GRACE);
    harness.poll();
    harness.resolveAllLookups('refused');
    harness.poll({ ...GRACE, ringing: false, ended: true, missed: true });
    harness.changeRules({ isDoNotDisturb: false });
    expect(harness.visibleAlerts).toMatchObject([
      { kind: 'missed', missedCall: { isInferred: false } },
    ]);
  });

  test('silences long holds and connection problems', () => {
    const harness = createSignedInHarness();
    harness.changeRules({ isDoNotDisturb: true, holdLimitMs: 0 });
    harness.poll({ id: 'H', held: true });
    harness.failPoll('sign-in');
    expect(harness.raised).toEqual([]);
  });
});

describe('reduce: the user’s alert rules', () => {
  const muted = { channels: ['Chat'], customers: ['Bright Dental'], endpoints: ['Back office'] };

  test.each<[string, SessionFixture]>([
    ['channel', { id: 'X', ringing: true, wire: { channel: 'Chat' } }],
    ['customer', { id: 'X', ringing: true, customer: 'Bright Dental' }],
    ['endpoint', { id: 'X', ringing: true, endpoint: 'Back office' }],
    [
      'parent customer',
      {
        id: 'X',
        ringing: true,
        customer: 'Reception',
        wire: { customerBreadcrumb: [{ id: 'C', name: 'Bright Dental' }] },
      },
    ],
  ])('log calls of a muted %s without alerts', (_, call) => {
    const harness = createSignedInHarness();
    harness.changeRules({ muted });
    harness.poll(call);
    harness.poll({ ...call, ringing: false, missed: true });
    expect(harness.raised).toEqual([]);
    expect(harness.log.get('X')?.outcome.kind).toBe('missed');
  });

  test('turn off ring alerts only', () => {
    const harness = createSignedInHarness();
    harness.changeRules({ shouldAlertRings: false });
    harness.poll(GRACE);
    harness.poll({ ...GRACE, ringing: false, missed: true });
    expect(describeAlerts(harness)).toEqual(['Grace Hopper missed']);
  });

  test('turn off missed-call alerts only', () => {
    const harness = createSignedInHarness();
    harness.changeRules({ shouldAlertMissedCalls: false });
    harness.poll(GRACE);
    harness.poll({ ...GRACE, ringing: false, missed: true });
    expect(harness.raised).toMatchObject([{ kind: 'ringing' }]);
    harness.changeRules({ shouldAlertMissedCalls: true });
    expect(harness.raised).toHaveLength(1);
  });

  test('announce a call that is still ringing when ring alerts are turned on', () => {
    const harness = createSignedInHarness();
    harness.changeRules({ shouldAlertRings: false });
    harness.poll(GRACE);
    harness.changeRules({ shouldAlertRings: true });
    expect(describeAlerts(harness)).toEqual(['Grace Hopper rings']);
  });
});

describe('the priority of a call', () => {
  test('lets a VIP ring during Do Not Disturb only if the user wants', () => {
    for (const canVipBreakThrough of [true, false]) {
      const harness = createSignedInHarness();
      harness.rules = {
        ...harness.rules,
        isDoNotDisturb: true,
        canVipBreakThrough,
        getPriority: ({ party }) => (party.name === 'Grace Hopper' ? 'vip' : 'normal'),
      };
      harness.poll(GRACE, MARGARET);
      expect(describeAlerts(harness)).toEqual(canVipBreakThrough ? ['Grace Hopper rings'] : []);
    }
  });

  test('never alerts for a nuisance call, and stops alerting for a ring that becomes one', () => {
    const harness = createSignedInHarness();
    harness.poll(GRACE);
    expect(describeAlerts(harness)).toEqual(['Grace Hopper rings']);
    harness.rules = { ...harness.rules, getPriority: () => 'nuisance' };
    harness.poll({ ...GRACE, missed: true });
    harness.poll();
    expect(describeAlerts(harness)).toEqual([]);
  });
});
