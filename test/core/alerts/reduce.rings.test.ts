import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND, type SessionFixture } from '../session-fixture';
import { createSignedInHarness, GRACE, MARGARET, createRings, describeAlerts } from './fixtures';
import { AlertHarness } from './harness';

describe('reduce: ringing calls', () => {
  test('raises one alert with the caller, the customer, and the endpoint', () => {
    const harness = createSignedInHarness();
    harness.poll({ ...GRACE, customer: 'Bright Dental', endpoint: 'Front desk' });
    expect(harness.raised).toMatchObject([
      {
        kind: 'ringing',
        summary: {
          id: 'G',
          party: { name: 'Grace Hopper', number: '+12025550147' },
          customer: 'Bright Dental',
          customerPath: ['Bright Dental'],
          endpoint: 'Front desk',
        },
      },
    ]);
  });

  test('raises nothing more while the call keeps ringing', () => {
    const harness = createSignedInHarness();
    harness.poll(GRACE);
    harness.pollUntilNewRing(GRACE);
    expect(harness.raised).toHaveLength(1);
  });

  test('alerts for a call that was ringing before the first poll', () => {
    const harness = new AlertHarness();
    harness.poll(GRACE);
    expect(describeAlerts(harness)).toEqual(['Grace Hopper rings']);
  });

  test('alerts for a ringing queue', () => {
    const harness = createSignedInHarness();
    harness.poll({ id: 'Q', wire: { callState: 'Passive', queueState: 'Ringing' } });
    expect(describeAlerts(harness)).toEqual(['Q rings']);
  });

  test('alerts for a call without a direction', () => {
    const harness = createSignedInHarness();
    harness.poll({ id: 'X', ringing: true, wire: { direction: undefined } });
    expect(describeAlerts(harness)).toEqual(['X rings']);
  });

  test('never alerts for an outgoing call', () => {
    const harness = createSignedInHarness();
    harness.poll({ id: 'X', dialing: true });
    harness.poll({ id: 'X', outgoing: true, wire: { queueState: 'Ringing' } });
    expect(harness.raised).toEqual([]);
  });

  test.each<[string, SessionFixture]>([
    ['is answered', { ...GRACE, ringing: false, connected: true }],
    ['is put on hold', { ...GRACE, ringing: false, held: true }],
    ['goes back to the queue', { ...GRACE, ringing: false, queued: true }],
    ['ends', { ...GRACE, ringing: false, ended: true }],
    ['turns out to be outgoing', { ...GRACE, ringing: false, dialing: true }],
    ['enters an unknown state', { ...GRACE, ringing: false, wire: { callState: 'Moon' } }],
  ])('withdraws the alert when the call %s', (_, then) => {
    const harness = createSignedInHarness();
    harness.poll(GRACE);
    const effects = harness.poll(then);
    expect(effects).toContainEqual(expect.objectContaining({ kind: 'withdraw' }));
    expect(harness.visibleAlerts).toEqual([]);
  });

  test('withdraws the alert of a vanished call before it is looked up', () => {
    const harness = createSignedInHarness();
    harness.poll(GRACE);
    harness.poll();
    expect(harness.visibleAlerts).toEqual([]);
    expect(harness.dueLookups).toEqual(['G']);
  });

  test('updates the alert in place when the caller’s name becomes known', () => {
    const harness = createSignedInHarness();
    harness.poll({ id: 'G', ringing: true, number: '+12025550147' });
    const effects = harness.poll(GRACE);
    expect(effects.filter(({ kind }) => kind !== 'log')).toMatchObject([
      { kind: 'update', alert: { summary: { party: { name: 'Grace Hopper' } } } },
    ]);
    expect(harness.openAlerts.size).toBe(1);
  });

  test('treats a ring that stops and returns within ten seconds as the same ring', () => {
    const harness = createSignedInHarness();
    harness.poll(GRACE);
    harness.advance(2 * SECOND);
    harness.poll({ ...GRACE, ringing: false, queued: true });
    harness.advance(10 * SECOND);
    harness.poll(GRACE);
    expect(harness.raised).toHaveLength(1);
  });

  test('treats a call that vanishes and returns within ten seconds as the same ring', () => {
    const harness = createSignedInHarness();
    harness.poll(GRACE);
    harness.poll();
    harness.advance(10 * SECOND);
    harness.poll(GRACE);
    expect(harness.raised).toHaveLength(1);
    expect(harness.dueLookups).toEqual([]);
  });

  test('treats a ring that returns after more than ten seconds as a new ring', () => {
    const harness = createSignedInHarness();
    harness.poll(GRACE);
    harness.poll({ ...GRACE, ringing: false, queued: true });
    harness.advance(10 * SECOND + 1);
    harness.poll(GRACE);
    expect(describeAlerts(harness)).toEqual(['Grace Hopper rings']);
    expect(harness.raised).toHaveLength(2);
  });

  test('ignores clock changes when a ring returns', () => {
    const harness = createSignedInHarness();
    harness.poll(GRACE);
    harness.poll({ ...GRACE, ringing: false, queued: true });
    harness.changeClock(60 * MINUTE);
    harness.poll(GRACE);
    harness.poll({ ...GRACE, ringing: false, queued: true });
    harness.changeClock(-120 * MINUTE);
    harness.advance(11 * SECOND);
    harness.poll(GRACE);
    expect(harness.raised.filter(({ kind }) => kind === 'ringing')).toHaveLength(2);
  });

  test('does not raise the alert again after one or two restarts', () => {
    const harness = createSignedInHarness();
    harness.poll(GRACE);
    harness.restart();
    harness.poll(GRACE);
    harness.restart();
    harness.poll(GRACE);
    expect(harness.raised).toHaveLength(1);
  });

  test('alerts after a restart for a ring that began in the meantime', () => {
    const harness = createSignedInHarness();
    harness.restart();
    harness.poll(GRACE);
    expect(describeAlerts(harness)).toEqual(['Grace Hopper rings']);
  });

  test('alerts for a new ring after a restart even if the clock was set back', () => {
    const harness = createSignedInHarness();
    harness.poll(GRACE);
    harness.poll({ ...GRACE, ringing: false, queued: true });
    harness.restart(-60 * MINUTE);
    harness.poll({ ...GRACE, ringing: false, queued: true });
    harness.advance(11 * SECOND);
    harness.poll(GRACE);
    expect(harness.raised).toHaveLength(2);
  });
});

describe('reduce: simultaneous rings', () => {
  test('are shown separately as long as there are only three', () => {
    const harness = createSignedInHarness();
    harness.poll(...createRings(3));
    expect(describeAlerts(harness)).toEqual(['R-0 rings', 'R-1 rings', 'R-2 rings']);
  });

  test('become one alert with a count', () => {
    const harness = createSignedInHarness();
    harness.poll(...createRings(3));
    harness.poll(...createRings(4));
    expect(describeAlerts(harness)).toEqual(['4 ring']);
  });

  test('are grouped from the start if twelve calls ring', () => {
    const harness = createSignedInHarness();
    harness.poll(...createRings(12));
    expect(describeAlerts(harness)).toEqual(['12 ring']);
    expect(harness.raised).toHaveLength(1);
  });

  test('are counted down in place, and the last one shows its caller', () => {
    const harness = createSignedInHarness();
    harness.poll(GRACE, ...createRings(4));
    harness.poll(GRACE, ...createRings(2));
    expect(describeAlerts(harness)).toEqual(['3 ring']);
    harness.poll(GRACE);
    expect(describeAlerts(harness)).toEqual(['Grace Hopper rings']);
    expect(harness.raised).toHaveLength(1);
    harness.poll({ ...GRACE, ringing: false, connected: true });
    expect(harness.visibleAlerts).toEqual([]);
  });

  test('show a new ring separately once at most three remain', () => {
    const harness = createSignedInHarness();
    harness.poll(...createRings(4));
    harness.poll(...createRings(2));
    harness.poll(...createRings(2), MARGARET);
    expect(describeAlerts(harness)).toEqual(['Margaret Hamilton rings', '2 ring']);
  });

  test('do not include muted rings', () => {
    const harness = createSignedInHarness();
    harness.changeRules({ muted: { channels: ['Chat'], customers: [], endpoints: [] } });
    harness.poll(...createRings(3), { id: 'C', ringing: true, wire: { channel: 'Chat' } });
    expect(harness.openAlerts.size).toBe(3);
  });
});
