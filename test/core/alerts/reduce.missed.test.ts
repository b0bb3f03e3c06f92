import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND, type SessionFixture } from '../session-fixture';
import { createSignedInHarness, GRACE, createRings, describeAlerts } from './fixtures';
import { AlertHarness } from './harness';

describe('reduce: missed calls', () => {
  test('raises one alert when the server flags a call as missed', () => {
    const harness = createSignedInHarness();
    harness.poll(GRACE);
    harness.advance(20 * SECOND);
    harness.poll({ ...GRACE, ringing: false, ended: true, missed: true });
    expect(harness.visibleAlerts).toMatchObject([
      {
        kind: 'missed',
        missedCall: {
          summary: { id: 'G' },
          ringMs: 20 * SECOND,
          isInferred: false,
          foundDuring: 'live',
        },
      },
    ]);
  });

  test('raises an alert even if no poll saw the call ringing', () => {
    const harness = createSignedInHarness();
    harness.poll({ ...GRACE, ringing: false, ended: true, missed: true });
    expect(describeAlerts(harness)).toEqual(['Grace Hopper missed']);
  });

  test('reports the ring time of a missed call that is still ringing', () => {
    const harness = createSignedInHarness();
    harness.poll(GRACE);
    harness.advance(12 * SECOND);
    harness.poll({ ...GRACE, missed: true });
    expect(harness.raised).toContainEqual(
      expect.objectContaining({
        kind: 'missed',
        missedCall: expect.objectContaining({ ringMs: 12 * SECOND }) as unknown,
      }),
    );
  });

  test('announces a call once, even if the flag flips or the app restarts', () => {
    const harness = createSignedInHarness();
    const missed = { ...GRACE, ringing: false, ended: true, missed: true };
    harness.poll(missed);
    harness.poll({ ...missed, missed: false });
    harness.poll(missed);
    harness.poll();
    harness.pollUntilNewRing();
    harness.poll(missed);
    harness.restart(60 * MINUTE);
    harness.poll(missed);
    harness.poll();
    harness.restart(60 * MINUTE);
    harness.poll(GRACE);
    harness.poll();
    harness.resolveAllLookups('refused');
    expect(harness.raised.filter(({ kind }) => kind === 'missed')).toHaveLength(1);
  });

  test('keeps a call missed in the log if it returns without the flag', () => {
    const harness = createSignedInHarness();
    harness.poll({ ...GRACE, ringing: false, ended: true, missed: true });
    harness.poll();
    harness.pollUntilNewRing();
    harness.poll({ ...GRACE, ringing: false, ended: true });
    expect(harness.log.get('G')?.outcome).toEqual({
      kind: 'missed',
      isInferred: false,
      wasAway: false,
    });
    expect(harness.log.get('G')?.isSeen).toBe(false);
  });

  test.each<[string, SessionFixture]>([
    ['with a name', { ...GRACE, ringing: false, connected: true, answeredBy: 'Kim' }],
    ['without a name', { ...GRACE, ringing: false, connected: true }],
    ['and put on hold', { ...GRACE, ringing: false, held: true }],
  ])(
    'does not announce a call that was answered %s, even if it is flagged later',
    (_, answered) => {
      const harness = createSignedInHarness();
      harness.poll(GRACE);
      harness.poll(answered);
      harness.poll({ ...GRACE, ringing: false, ended: true, missed: true });
      harness.pollUntilNewRing();
      expect(harness.raised.map(({ kind }) => kind)).toEqual(['ringing']);
      expect(harness.log.get('G')).toMatchObject({ outcome: { kind: 'answered' }, isSeen: true });
    },
  );

  test('does not announce a flagged call that names who answered it', () => {
    const harness = createSignedInHarness();
    harness.poll({ ...GRACE, ringing: false, ended: true, missed: true, answeredBy: 'Kim' });
    expect(harness.raised).toEqual([]);
    expect(harness.log.get('G')?.outcome).toEqual({ kind: 'answered', by: 'Kim', isOwn: false });
  });

  test.each<[string, SessionFixture, boolean]>([
    ['the user', { answeredBy: 'ADA LOVELACE' }, true],
    ['the user’s id', { wire: { answeredById: 'U-1' } }, true],
    ['another id', { wire: { answeredById: 'U-7' } }, false],
    [
      'a name while the outdated state still says that it rings',
      { ringing: true, answeredBy: 'Kim' },
      false,
    ],
    [
      'a name in a list of states that ended',
      { answeredBy: 'Kim', wire: { queueState: 'Disconnected', outcome: 'Missed' } },
      false,
    ],
  ])('does not announce a flagged call that names %s', (_, answered, isOwn) => {
    const harness = createSignedInHarness();
    harness.poll(GRACE);
    harness.poll({ ...GRACE, ringing: false, ended: true, missed: true, ...answered });
    harness.pollUntilNewRing();
    expect(harness.raised.map(({ kind }) => kind)).toEqual(['ringing']);
    expect(harness.log.get('G')?.outcome).toMatchObject({ kind: 'answered', isOwn });
  });

  test.each<[string, SessionFixture]>([
    ['a name', { answeredBy: 'Kim' }],
    ['an id', { wire: { answeredById: 'U-7' } }],
    ['a connection', { ended: false, connected: true }],
    ['a hold', { ended: false, held: true }],
  ])('withdraws the alert if %s shows later that the call was answered', (_, answered) => {
    const harness = createSignedInHarness();
    const missed = { ...GRACE, ringing: false, ended: true, missed: true };
    harness.poll(missed);
    expect(describeAlerts(harness)).toEqual(['Grace Hopper missed']);
    harness.poll({ ...missed, ...answered });
    expect(describeAlerts(harness)).toEqual([]);
    harness.poll(missed);
    expect(describeAlerts(harness)).toEqual([]);
    expect(harness.log.get('G')?.outcome.kind).toBe('answered');
  });

  test.each(['', ' ', '\u200b'])('announces a flagged call whose answerer is %j', (name) => {
    const harness = createSignedInHarness();
    const wire = { answeredByName: name, answeredById: '00000000-0000-0000-0000-000000000000' };
    harness.poll({ ...GRACE, ringing: false, ended: true, missed: true, wire });
    expect(describeAlerts(harness)).toEqual(['Grace Hopper missed']);
  });

  test('never announces an outgoing call as missed', () => {
    const harness = createSignedInHarness();
    harness.poll({ id: 'X', dialing: true });
    harness.poll({ id: 'X', outgoing: true, ended: true, missed: true });
    expect(harness.raised).toEqual([]);
    expect(harness.log.get('X')?.outcome).toEqual({ kind: 'outgoing' });
  });

  test('withdraws the alert when the user has seen the call', () => {
    const harness = createSignedInHarness();
    harness.poll({ ...GRACE, ringing: false, ended: true, missed: true });
    harness.markSeen('G');
    expect(harness.visibleAlerts).toEqual([]);
  });

  test('counts many missed calls in one digest and keeps counting', () => {
    const harness = createSignedInHarness();
    const missed = createRings(60).map((ring) => ({ ...ring, ringing: false, missed: true }));
    harness.poll(...missed);
    expect(describeAlerts(harness)).toEqual(['60 missed, many']);
    harness.poll(...missed, { id: 'last', missed: true });
    expect(describeAlerts(harness)).toEqual(['61 missed, many']);
  });

  test('shows several missed calls as one digest', () => {
    const harness = createSignedInHarness();
    harness.poll({ id: 'A', missed: true }, { id: 'B', missed: true });
    expect(describeAlerts(harness)).toEqual(['2 missed, many']);
    harness.poll({ id: 'C', missed: true });
    expect(describeAlerts(harness)).toEqual(['3 missed, many']);
    harness.markSeen('A', 'B', 'C');
    harness.poll({ id: 'D', missed: true });
    expect(describeAlerts(harness)).toEqual(['D missed']);
  });

  test('drops the oldest of thousands of open alerts', () => {
    const harness = createSignedInHarness();
    const missed = createRings(2_100).map((ring) => ({ ...ring, ringing: false, missed: true }));
    harness.poll(...missed);
    harness.poll(...missed, { id: 'last', missed: true });
    expect(harness.state.open).toHaveLength(2_000);
    expect(harness.openAlerts.has('missed:last')).toBe(true);
  });

  test('logs a flagged call as answered if its ring is answered afterward', () => {
    const harness = createSignedInHarness();
    harness.poll({ ...GRACE, missed: true });
    harness.poll({ ...GRACE, missed: true, ringing: false, connected: true });
    expect(harness.log.get('G')?.outcome.kind).toBe('answered');
    expect(harness.log.get('G')?.isSeen).toBe(true);
  });

  test('withdraws the alert when the call is answered', () => {
    const harness = createSignedInHarness();
    harness.poll({ ...GRACE, missed: true });
    harness.poll({ ...GRACE, missed: true, ringing: false, connected: true });
    expect(harness.visibleAlerts).toEqual([]);
  });

  test('does not announce a call after Do Not Disturb if it was answered in the meantime', () => {
    const harness = createSignedInHarness();
    harness.changeRules({ isDoNotDisturb: true });
    harness.poll({ ...GRACE, missed: true });
    harness.poll({ ...GRACE, missed: true, ringing: false, connected: true });
    harness.changeRules({ isDoNotDisturb: false });
    expect(harness.raised).toEqual([]);
    expect(harness.state.queued).toEqual([]);
  });
});

describe('reduce: a call that ended before the first sign-in', () => {
  test('is logged as seen and not announced', () => {
    const harness = new AlertHarness();
    harness.poll({ ...GRACE, ringing: false, ended: true, missed: true });
    expect(harness.raised).toEqual([]);
    expect(harness.log.get('G')).toMatchObject({ outcome: { kind: 'missed' }, isSeen: true });
  });

  test('is not announced if the server flags it later', () => {
    const harness = new AlertHarness();
    harness.poll({ ...GRACE, ringing: false, ended: true });
    harness.poll({ ...GRACE, ringing: false, ended: true, missed: true });
    expect(harness.raised).toEqual([]);
  });

  test('is not announced after a restart', () => {
    const harness = new AlertHarness();
    harness.poll({ ...GRACE, ringing: false, ended: true, missed: true });
    harness.restart();
    harness.poll({ ...GRACE, ringing: false, ended: true, missed: true });
    expect(harness.raised).toEqual([]);
  });

  test('is announced as missed if it rings again', () => {
    const harness = new AlertHarness();
    harness.poll({ ...GRACE, ringing: false, ended: true });
    harness.poll(GRACE);
    harness.poll({ ...GRACE, ringing: false, ended: true, missed: true });
    expect(describeAlerts(harness)).toEqual(['Grace Hopper missed']);
  });
});
