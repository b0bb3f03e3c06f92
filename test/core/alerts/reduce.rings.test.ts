import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND, type SessionFixture } from '../session-fixture';
import { createSignedInHarness, GRACE, MARGARET, createRings, describeAlerts } from './fixtures';
import { AlertHarness } from './harness';

describe('a ring', () => {
  test('raises one notification that says who calls, for whom, and where', () => {
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

  test('raises nothing more while it goes on', () => {
    const harness = createSignedInHarness();
    harness.poll(GRACE);
    harness.pollUntilNewRing(GRACE);
    expect(harness.raised).toHaveLength(1);
  });

  test('that was going on before the first poll alerts too', () => {
    const harness = new AlertHarness();
    harness.poll(GRACE);
    expect(describeAlerts(harness)).toEqual(['Grace Hopper rings']);
  });

  test('of a queue alerts', () => {
    const harness = createSignedInHarness();
    harness.poll({ id: 'Q', wire: { callState: 'Passive', queueState: 'Ringing' } });
    expect(describeAlerts(harness)).toEqual(['Q rings']);
  });

  test('of a call that does not say its direction alerts', () => {
    const harness = createSignedInHarness();
    harness.poll({ id: 'X', ringing: true, wire: { direction: undefined } });
    expect(describeAlerts(harness)).toEqual(['X rings']);
  });

  test('of an outgoing call never alerts', () => {
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
  ])('that %s takes its notification with it', (_, then) => {
    const harness = createSignedInHarness();
    harness.poll(GRACE);
    const effects = harness.poll(then);
    expect(effects).toContainEqual(expect.objectContaining({ kind: 'withdraw' }));
    expect(harness.visibleAlerts).toEqual([]);
  });

  test('that vanishes takes its notification with it, before anything is looked up', () => {
    const harness = createSignedInHarness();
    harness.poll(GRACE);
    harness.poll();
    expect(harness.visibleAlerts).toEqual([]);
    expect(harness.dueLookups).toEqual(['G']);
  });

  test('is updated in place when the name of the caller becomes known', () => {
    const harness = createSignedInHarness();
    harness.poll({ id: 'G', ringing: true, number: '+12025550147' });
    const effects = harness.poll(GRACE);
    expect(effects.filter(({ kind }) => kind !== 'log')).toMatchObject([
      { kind: 'update', alert: { summary: { party: { name: 'Grace Hopper' } } } },
    ]);
    expect(harness.openAlerts.size).toBe(1);
  });

  test('that leaves and returns within ten seconds is the same ring', () => {
    const harness = createSignedInHarness();
    harness.poll(GRACE);
    harness.advance(2 * SECOND);
    harness.poll({ ...GRACE, ringing: false, queued: true });
    harness.advance(10 * SECOND);
    harness.poll(GRACE);
    expect(harness.raised).toHaveLength(1);
  });

  test('that vanishes and returns within ten seconds is the same ring', () => {
    const harness = createSignedInHarness();
    harness.poll(GRACE);
    harness.poll();
    harness.advance(10 * SECOND);
    harness.poll(GRACE);
    expect(harness.raised).toHaveLength(1);
    expect(harness.dueLookups).toEqual([]);
  });

  test('that returns after more than ten seconds is another one', () => {
    const harness = createSignedInHarness();
    harness.poll(GRACE);
    harness.poll({ ...GRACE, ringing: false, queued: true });
    harness.advance(10 * SECOND + 1);
    harness.poll(GRACE);
    expect(describeAlerts(harness)).toEqual(['Grace Hopper rings']);
    expect(harness.raised).toHaveLength(2);
  });

  test('is the same one whatever the clock on the wall is set to in between', () => {
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

  test('is not raised again by a restart, and not by a second one', () => {
    const harness = createSignedInHarness();
    harness.poll(GRACE);
    harness.restart();
    harness.poll(GRACE);
    harness.restart();
    harness.poll(GRACE);
    expect(harness.raised).toHaveLength(1);
  });

  test('that began while Ringside was not running is raised by the next run', () => {
    const harness = createSignedInHarness();
    harness.restart();
    harness.poll(GRACE);
    expect(describeAlerts(harness)).toEqual(['Grace Hopper rings']);
  });

  test('is announced again after a restart if the clock was set back meanwhile', () => {
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

describe('more than three rings at once', () => {
  test('are three notifications as long as they are three', () => {
    const harness = createSignedInHarness();
    harness.poll(...createRings(3));
    expect(describeAlerts(harness)).toEqual(['R-0 rings', 'R-1 rings', 'R-2 rings']);
  });

  test('become one notification that counts them', () => {
    const harness = createSignedInHarness();
    harness.poll(...createRings(3));
    harness.poll(...createRings(4));
    expect(describeAlerts(harness)).toEqual(['4 ring']);
  });

  test('are counted together from the start, twelve of them', () => {
    const harness = createSignedInHarness();
    harness.poll(...createRings(12));
    expect(describeAlerts(harness)).toEqual(['12 ring']);
    expect(harness.raised).toHaveLength(1);
  });

  test('are counted down in place as they are answered, the last one by name', () => {
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

  test('a new one beside the few that are left has a notification of its own', () => {
    const harness = createSignedInHarness();
    harness.poll(...createRings(4));
    harness.poll(...createRings(2));
    harness.poll(...createRings(2), MARGARET);
    expect(describeAlerts(harness)).toEqual(['Margaret Hamilton rings', '2 ring']);
  });

  test('those that are muted do not count', () => {
    const harness = createSignedInHarness();
    harness.changeRules({ muted: { channels: ['Chat'], customers: [], endpoints: [] } });
    harness.poll(...createRings(3), { id: 'C', ringing: true, wire: { channel: 'Chat' } });
    expect(harness.openAlerts.size).toBe(3);
  });
});
