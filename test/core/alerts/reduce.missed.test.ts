import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND, type SessionFixture } from '../session-fixture';
import { createSignedInHarness, GRACE, rings, describeAlerts } from './fixtures';
import { AlertHarness } from './harness';

describe('a missed call', () => {
  test('raises one notification when the server says that it was missed', () => {
    const harness = createSignedInHarness();
    harness.polls(GRACE);
    harness.passes(20 * SECOND);
    harness.polls({ ...GRACE, ringing: false, ended: true, missed: true });
    expect(harness.shows).toMatchObject([
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
    harness.polls({ ...GRACE, ringing: false, ended: true, missed: true });
    expect(describeAlerts(harness)).toEqual(['Grace Hopper missed']);
  });

  test('says how long it has rung while it still does', () => {
    const harness = createSignedInHarness();
    harness.polls(GRACE);
    harness.passes(12 * SECOND);
    harness.polls({ ...GRACE, missed: true });
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
    harness.polls(missed);
    harness.polls({ ...missed, missed: false });
    harness.polls(missed);
    harness.polls();
    harness.pollsOn();
    harness.polls(missed);
    harness.restarts(60 * MINUTE);
    harness.polls(missed);
    harness.polls();
    harness.restarts(60 * MINUTE);
    harness.polls(GRACE);
    harness.polls();
    harness.looksUpToTheEnd('refused');
    expect(harness.raised.filter(({ kind }) => kind === 'missed')).toHaveLength(1);
  });

  test('stays missed in the log when it comes back without the flag', () => {
    const harness = createSignedInHarness();
    harness.polls({ ...GRACE, ringing: false, ended: true, missed: true });
    harness.polls();
    harness.pollsOn();
    harness.polls({ ...GRACE, ringing: false, ended: true });
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
    harness.polls(GRACE);
    harness.polls(answered);
    harness.polls({ ...GRACE, ringing: false, ended: true, missed: true });
    harness.pollsOn();
    expect(harness.raised.map(({ kind }) => kind)).toEqual(['ringing']);
    expect(harness.log.get('G')).toMatchObject({ outcome: { kind: 'answered' }, isSeen: true });
  });

  test('is not one that is flagged as missed and names who answered it', () => {
    const harness = createSignedInHarness();
    harness.polls({ ...GRACE, ringing: false, ended: true, missed: true, answeredBy: 'Kim' });
    expect(harness.raised).toEqual([]);
    expect(harness.log.get('G')?.outcome).toEqual({ kind: 'answered', by: 'Kim', isOwn: false });
  });

  test('is never an outgoing one', () => {
    const harness = createSignedInHarness();
    harness.polls({ id: 'X', dialing: true });
    harness.polls({ id: 'X', outgoing: true, ended: true, missed: true });
    expect(harness.raised).toEqual([]);
    expect(harness.log.get('X')?.outcome).toEqual({ kind: 'outgoing' });
  });

  test('goes from the screen when the person has looked at it', () => {
    const harness = createSignedInHarness();
    harness.polls({ ...GRACE, ringing: false, ended: true, missed: true });
    harness.looks('G');
    expect(harness.shows).toEqual([]);
  });

  test('is one of many in a digest that counts them and goes on counting', () => {
    const harness = createSignedInHarness();
    const missed = rings(60).map((ring) => ({ ...ring, ringing: false, missed: true }));
    harness.polls(...missed);
    expect(describeAlerts(harness)).toEqual(['60 missed, many']);
    harness.polls(...missed, { id: 'last', missed: true });
    expect(describeAlerts(harness)).toEqual(['61 missed, many']);
  });

  test('is shown by itself beside one other, and counted with two others', () => {
    const harness = createSignedInHarness();
    harness.polls({ id: 'A', missed: true }, { id: 'B', missed: true });
    expect(describeAlerts(harness)).toEqual(['A missed', 'B missed']);
    harness.polls({ id: 'C', missed: true });
    expect(describeAlerts(harness)).toEqual(['3 missed, many']);
    harness.looks('A', 'B', 'C');
    harness.polls({ id: 'D', missed: true });
    expect(describeAlerts(harness)).toEqual(['D missed']);
  });

  test('is not kept open for ever: the oldest of thousands make room', () => {
    const harness = createSignedInHarness();
    const missed = rings(2_100).map((ring) => ({ ...ring, ringing: false, missed: true }));
    harness.polls(...missed);
    harness.polls(...missed, { id: 'last', missed: true });
    expect(harness.watch.open).toHaveLength(2_000);
    expect(harness.screen.has('missed:last')).toBe(true);
  });

  test('whose ring is answered afterwards is answered in the log', () => {
    const harness = createSignedInHarness();
    harness.polls({ ...GRACE, missed: true });
    harness.polls({ ...GRACE, missed: true, ringing: false, connected: true });
    expect(harness.log.get('G')?.outcome.kind).toBe('answered');
    expect(harness.log.get('G')?.isSeen).toBe(true);
  });

  test('is withdrawn when the call is answered after all', () => {
    const harness = createSignedInHarness();
    harness.polls({ ...GRACE, missed: true });
    harness.polls({ ...GRACE, missed: true, ringing: false, connected: true });
    expect(harness.shows).toEqual([]);
  });

  test('isn’t announced after Do Not Disturb if the call was answered meanwhile', () => {
    const harness = createSignedInHarness();
    harness.setsRules({ isDoNotDisturb: true });
    harness.polls({ ...GRACE, missed: true });
    harness.polls({ ...GRACE, missed: true, ringing: false, connected: true });
    harness.setsRules({ isDoNotDisturb: false });
    expect(harness.raised).toEqual([]);
    expect(harness.watch.queued).toEqual([]);
  });
});

describe('what was over before the first sign-in', () => {
  test('raises nothing, and is in the log as seen', () => {
    const harness = new AlertHarness();
    harness.polls({ ...GRACE, ringing: false, ended: true, missed: true });
    expect(harness.raised).toEqual([]);
    expect(harness.log.get('G')).toMatchObject({ outcome: { kind: 'missed' }, isSeen: true });
  });

  test('raises nothing when the server flags it a moment later', () => {
    const harness = new AlertHarness();
    harness.polls({ ...GRACE, ringing: false, ended: true });
    harness.polls({ ...GRACE, ringing: false, ended: true, missed: true });
    expect(harness.raised).toEqual([]);
  });

  test('raises nothing in the next run either', () => {
    const harness = new AlertHarness();
    harness.polls({ ...GRACE, ringing: false, ended: true, missed: true });
    harness.restarts();
    harness.polls({ ...GRACE, ringing: false, ended: true, missed: true });
    expect(harness.raised).toEqual([]);
  });

  test('is not over if it rings again', () => {
    const harness = new AlertHarness();
    harness.polls({ ...GRACE, ringing: false, ended: true });
    harness.polls(GRACE);
    harness.polls({ ...GRACE, ringing: false, ended: true, missed: true });
    expect(describeAlerts(harness)).toEqual(['Grace Hopper missed']);
  });
});
