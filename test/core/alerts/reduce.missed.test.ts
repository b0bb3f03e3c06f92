import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND, type SessionFixture } from '../session-fixture';
import { createSignedInHarness, GRACE, createRings, describeAlerts } from './fixtures';
import { AlertHarness } from './harness';

describe('a missed call', () => {
  test('raises one notification when the server says that it was missed', () => {
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

  test('raises one even if Ringside never saw it ring', () => {
    const harness = createSignedInHarness();
    harness.poll({ ...GRACE, ringing: false, ended: true, missed: true });
    expect(describeAlerts(harness)).toEqual(['Grace Hopper missed']);
  });

  test('says how long it has rung while it still does', () => {
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

  test('is announced once, even if the flag flips or the app restarts', () => {
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

  test('stays missed in the log when it comes back without the flag', () => {
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
  ])('is never one that was answered %s, whatever its flag says later', (_, answered) => {
    const harness = createSignedInHarness();
    harness.poll(GRACE);
    harness.poll(answered);
    harness.poll({ ...GRACE, ringing: false, ended: true, missed: true });
    harness.pollUntilNewRing();
    expect(harness.raised.map(({ kind }) => kind)).toEqual(['ringing']);
    expect(harness.log.get('G')).toMatchObject({ outcome: { kind: 'answered' }, isSeen: true });
  });

  test('is not one that is flagged as missed and names who answered it', () => {
    const harness = createSignedInHarness();
    harness.poll({ ...GRACE, ringing: false, ended: true, missed: true, answeredBy: 'Kim' });
    expect(harness.raised).toEqual([]);
    expect(harness.log.get('G')?.outcome).toEqual({ kind: 'answered', by: 'Kim', isOwn: false });
  });

  test('is never an outgoing one', () => {
    const harness = createSignedInHarness();
    harness.poll({ id: 'X', dialing: true });
    harness.poll({ id: 'X', outgoing: true, ended: true, missed: true });
    expect(harness.raised).toEqual([]);
    expect(harness.log.get('X')?.outcome).toEqual({ kind: 'outgoing' });
  });

  test('goes from the screen when the person has looked at it', () => {
    const harness = createSignedInHarness();
    harness.poll({ ...GRACE, ringing: false, ended: true, missed: true });
    harness.markSeen('G');
    expect(harness.visibleAlerts).toEqual([]);
  });

  test('is one of many in a digest that counts them and goes on counting', () => {
    const harness = createSignedInHarness();
    const missed = createRings(60).map((ring) => ({ ...ring, ringing: false, missed: true }));
    harness.poll(...missed);
    expect(describeAlerts(harness)).toEqual(['60 missed, many']);
    harness.poll(...missed, { id: 'last', missed: true });
    expect(describeAlerts(harness)).toEqual(['61 missed, many']);
  });

  test('is shown by itself beside one other, and counted with two others', () => {
    const harness = createSignedInHarness();
    harness.poll({ id: 'A', missed: true }, { id: 'B', missed: true });
    expect(describeAlerts(harness)).toEqual(['A missed', 'B missed']);
    harness.poll({ id: 'C', missed: true });
    expect(describeAlerts(harness)).toEqual(['3 missed, many']);
    harness.markSeen('A', 'B', 'C');
    harness.poll({ id: 'D', missed: true });
    expect(describeAlerts(harness)).toEqual(['D missed']);
  });

  test('is not kept open for ever: the oldest of thousands make room', () => {
    const harness = createSignedInHarness();
    const missed = createRings(2_100).map((ring) => ({ ...ring, ringing: false, missed: true }));
    harness.poll(...missed);
    harness.poll(...missed, { id: 'last', missed: true });
    expect(harness.state.open).toHaveLength(2_000);
    expect(harness.openAlerts.has('missed:last')).toBe(true);
  });

  test('whose ring is answered afterwards is answered in the log', () => {
    const harness = createSignedInHarness();
    harness.poll({ ...GRACE, missed: true });
    harness.poll({ ...GRACE, missed: true, ringing: false, connected: true });
    expect(harness.log.get('G')?.outcome.kind).toBe('answered');
    expect(harness.log.get('G')?.isSeen).toBe(true);
  });

  test('is withdrawn when the call is answered after all', () => {
    const harness = createSignedInHarness();
    harness.poll({ ...GRACE, missed: true });
    harness.poll({ ...GRACE, missed: true, ringing: false, connected: true });
    expect(harness.visibleAlerts).toEqual([]);
  });

  test('isn’t announced after Do Not Disturb if the call was answered meanwhile', () => {
    const harness = createSignedInHarness();
    harness.changeRules({ isDoNotDisturb: true });
    harness.poll({ ...GRACE, missed: true });
    harness.poll({ ...GRACE, missed: true, ringing: false, connected: true });
    harness.changeRules({ isDoNotDisturb: false });
    expect(harness.raised).toEqual([]);
    expect(harness.state.queued).toEqual([]);
  });
});

describe('what was over before the first sign-in', () => {
  test('raises nothing, and is in the log as seen', () => {
    const harness = new AlertHarness();
    harness.poll({ ...GRACE, ringing: false, ended: true, missed: true });
    expect(harness.raised).toEqual([]);
    expect(harness.log.get('G')).toMatchObject({ outcome: { kind: 'missed' }, isSeen: true });
  });

  test('raises nothing when the server flags it a moment later', () => {
    const harness = new AlertHarness();
    harness.poll({ ...GRACE, ringing: false, ended: true });
    harness.poll({ ...GRACE, ringing: false, ended: true, missed: true });
    expect(harness.raised).toEqual([]);
  });

  test('raises nothing in the next run either', () => {
    const harness = new AlertHarness();
    harness.poll({ ...GRACE, ringing: false, ended: true, missed: true });
    harness.restart();
    harness.poll({ ...GRACE, ringing: false, ended: true, missed: true });
    expect(harness.raised).toEqual([]);
  });

  test('is not over if it rings again', () => {
    const harness = new AlertHarness();
    harness.poll({ ...GRACE, ringing: false, ended: true });
    harness.poll(GRACE);
    harness.poll({ ...GRACE, ringing: false, ended: true, missed: true });
    expect(describeAlerts(harness)).toEqual(['Grace Hopper missed']);
  });
});
