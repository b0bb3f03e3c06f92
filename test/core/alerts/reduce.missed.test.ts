import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND, type Wish } from '../session-fixture';
import { atWork, GRACE, rings, shown } from './fixtures';
import { Desk } from './harness';

describe('a missed call', () => {
  test('raises one notification when the server says that it was missed', () => {
    const desk = atWork();
    desk.polls(GRACE);
    desk.passes(20 * SECOND);
    desk.polls({ ...GRACE, ringing: false, ended: true, missed: true });
    expect(desk.shows).toMatchObject([
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
    const desk = atWork();
    desk.polls({ ...GRACE, ringing: false, ended: true, missed: true });
    expect(shown(desk)).toEqual(['Grace Hopper missed']);
  });

  test('says how long it has rung while it still does', () => {
    const desk = atWork();
    desk.polls(GRACE);
    desk.passes(12 * SECOND);
    desk.polls({ ...GRACE, missed: true });
    expect(desk.raised).toContainEqual(
      expect.objectContaining({
        kind: 'missed',
        missedCall: expect.objectContaining({ ringMs: 12 * SECOND }) as unknown,
      }),
    );
  });

  test('is told once, however often the server changes its mind and whatever restarts', () => {
    const desk = atWork();
    const missed = { ...GRACE, ringing: false, ended: true, missed: true };
    desk.polls(missed);
    desk.polls({ ...missed, missed: false });
    desk.polls(missed);
    desk.polls();
    desk.pollsOn();
    desk.polls(missed);
    desk.restarts(60 * MINUTE);
    desk.polls(missed);
    desk.polls();
    desk.restarts(60 * MINUTE);
    desk.polls(GRACE);
    desk.polls();
    desk.looksUpToTheEnd('refused');
    expect(desk.raised.filter(({ kind }) => kind === 'missed')).toHaveLength(1);
  });

  test('stays missed in the log when it comes back without the flag', () => {
    const desk = atWork();
    desk.polls({ ...GRACE, ringing: false, ended: true, missed: true });
    desk.polls();
    desk.pollsOn();
    desk.polls({ ...GRACE, ringing: false, ended: true });
    expect(desk.log.get('G')?.outcome).toEqual({
      kind: 'missed',
      isInferred: false,
      wasAway: false,
    });
    expect(desk.log.get('G')?.isSeen).toBe(false);
  });

  test.each<[string, Wish]>([
    ['with a name', { ...GRACE, ringing: false, connected: true, answeredBy: 'Kim' }],
    ['without a name', { ...GRACE, ringing: false, connected: true }],
    ['and put on hold', { ...GRACE, ringing: false, held: true }],
  ])('is never one that was answered %s, whatever its flag says later', (_, answered) => {
    const desk = atWork();
    desk.polls(GRACE);
    desk.polls(answered);
    desk.polls({ ...GRACE, ringing: false, ended: true, missed: true });
    desk.pollsOn();
    expect(desk.raised.map(({ kind }) => kind)).toEqual(['ringing']);
    expect(desk.log.get('G')).toMatchObject({ outcome: { kind: 'answered' }, isSeen: true });
  });

  test('is not one that is flagged as missed and names who answered it', () => {
    const desk = atWork();
    desk.polls({ ...GRACE, ringing: false, ended: true, missed: true, answeredBy: 'Kim' });
    expect(desk.raised).toEqual([]);
    expect(desk.log.get('G')?.outcome).toEqual({ kind: 'answered', by: 'Kim', isOwn: false });
  });

  test('is never an outgoing one', () => {
    const desk = atWork();
    desk.polls({ id: 'X', dialing: true });
    desk.polls({ id: 'X', outgoing: true, ended: true, missed: true });
    expect(desk.raised).toEqual([]);
    expect(desk.log.get('X')?.outcome).toEqual({ kind: 'outgoing' });
  });

  test('goes from the screen when the person has looked at it', () => {
    const desk = atWork();
    desk.polls({ ...GRACE, ringing: false, ended: true, missed: true });
    desk.looks('G');
    expect(desk.shows).toEqual([]);
  });

  test('sixty at once are sixty notifications; the oldest make room for the next', () => {
    const desk = atWork();
    const missed = rings(60).map((ring) => ({ ...ring, ringing: false, missed: true }));
    desk.polls(...missed);
    expect(desk.raised).toHaveLength(60);
    desk.polls(...missed, { id: 'last', missed: true });
    expect(desk.raised).toHaveLength(61);
    expect(desk.screen.size).toBeLessThanOrEqual(51);
    expect(shown(desk)).toContain('last missed');
  });

  test('whose ring is answered afterwards is answered in the log', () => {
    const desk = atWork();
    desk.polls({ ...GRACE, missed: true });
    desk.polls({ ...GRACE, missed: true, ringing: false, connected: true });
    expect(desk.log.get('G')?.outcome.kind).toBe('answered');
    expect(desk.log.get('G')?.isSeen).toBe(true);
  });

  test('goes from the screen when somebody takes the call after all', () => {
    const desk = atWork();
    desk.polls({ ...GRACE, missed: true });
    desk.polls({ ...GRACE, missed: true, ringing: false, connected: true });
    expect(desk.shows).toEqual([]);
  });

  test('is not told when do not disturb ends if somebody took the call meanwhile', () => {
    const desk = atWork();
    desk.setsRules({ isDoNotDisturb: true });
    desk.polls({ ...GRACE, missed: true });
    desk.polls({ ...GRACE, missed: true, ringing: false, connected: true });
    desk.setsRules({ isDoNotDisturb: false });
    expect(desk.raised).toEqual([]);
    expect(desk.watch.queued).toEqual([]);
  });
});

describe('what was over before the first sign-in', () => {
  test('raises nothing, and is in the log as seen', () => {
    const desk = new Desk();
    desk.polls({ ...GRACE, ringing: false, ended: true, missed: true });
    expect(desk.raised).toEqual([]);
    expect(desk.log.get('G')).toMatchObject({ outcome: { kind: 'missed' }, isSeen: true });
  });

  test('raises nothing when the server flags it a moment later', () => {
    const desk = new Desk();
    desk.polls({ ...GRACE, ringing: false, ended: true });
    desk.polls({ ...GRACE, ringing: false, ended: true, missed: true });
    expect(desk.raised).toEqual([]);
  });

  test('raises nothing in the next run either', () => {
    const desk = new Desk();
    desk.polls({ ...GRACE, ringing: false, ended: true, missed: true });
    desk.restarts();
    desk.polls({ ...GRACE, ringing: false, ended: true, missed: true });
    expect(desk.raised).toEqual([]);
  });

  test('is not over if it rings again', () => {
    const desk = new Desk();
    desk.polls({ ...GRACE, ringing: false, ended: true });
    desk.polls(GRACE);
    desk.polls({ ...GRACE, ringing: false, ended: true, missed: true });
    expect(shown(desk)).toEqual(['Grace Hopper missed']);
  });
});
