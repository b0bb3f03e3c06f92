import { describe, expect, test } from 'vitest';
import { MINUTE, toApiSession, SECOND, type SessionFixture } from '../session-fixture';
import { createSignedInHarness, GRACE, MARGARET, describeAlerts } from './fixtures';
import type { AlertHarness } from './harness';

describe('reduce: after a gap of over a minute', () => {
  const createMissed = (id: string): SessionFixture => ({ id, ended: true, missed: true });

  test.each<[string, (harness: AlertHarness) => void]>([
    [
      'a sleep',
      (harness) => {
        harness.sleep(60 * MINUTE);
      },
    ],
    [
      'an outage',
      (harness) => {
        harness.failPoll();
        harness.advance(5 * MINUTE);
        harness.failPoll();
      },
    ],
    [
      'a quit',
      (harness) => {
        harness.restart(60 * MINUTE);
      },
    ],
  ])('announces calls missed during %s as one digest', (_, cause) => {
    const harness = createSignedInHarness();
    harness.poll();
    cause(harness);
    harness.poll(createMissed('A'), createMissed('B'), createMissed('C'));
    expect(describeAlerts(harness)).toEqual(['3 missed, away']);
    expect(harness.log.get('A')?.outcome).toEqual({
      kind: 'missed',
      isInferred: false,
      wasAway: true,
    });
  });

  test('removes answered calls from the digest', () => {
    const harness = createSignedInHarness();
    harness.sleep(60 * MINUTE);
    harness.poll(createMissed('A'), createMissed('B'), createMissed('C'));
    const createAnswered = (id: string): SessionFixture => ({ id, connected: true, missed: true });
    harness.poll(createAnswered('A'), createMissed('B'), createMissed('C'));
    expect(describeAlerts(harness)).toEqual(['2 missed, away']);
    harness.poll(createAnswered('A'), createMissed('B'), createAnswered('C'));
    expect(describeAlerts(harness)).toEqual(['B missed']);
    harness.poll(createAnswered('A'), createAnswered('B'), createAnswered('C'));
    expect(describeAlerts(harness)).toEqual([]);
    expect(harness.raised).toHaveLength(1);
  });

  test('treats a returning call as a new, unanswered call', () => {
    const harness = createSignedInHarness();
    harness.poll({ ...GRACE, ringing: false, connected: true });
    harness.poll();
    harness.advance(5 * MINUTE);
    harness.poll(GRACE);
    harness.advance(2 * SECOND);
    harness.poll();
    harness.resolveAllLookups('refused');
    expect(describeAlerts(harness)).toEqual(['Grace Hopper missed']);
  });

  test('does not count a gap of exactly a minute as being away', () => {
    const harness = createSignedInHarness();
    harness.poll();
    harness.advance(MINUTE);
    harness.poll(createMissed('A'), createMissed('B'));
    expect(describeAlerts(harness)).toEqual(['2 missed, many']);
  });

  test('announces a single missed call by name as missed while away', () => {
    const harness = createSignedInHarness();
    harness.poll();
    harness.sleep(10 * MINUTE);
    harness.poll(createMissed('A'));
    expect(harness.visibleAlerts).toMatchObject([
      { kind: 'missed', missedCall: { foundDuring: 'away' } },
    ]);
  });

  test('delays the digest until the lookups of the gap are done', () => {
    const harness = createSignedInHarness();
    harness.poll(GRACE, MARGARET);
    harness.sleep(10 * MINUTE);
    harness.poll(createMissed('A'));
    expect(harness.visibleAlerts).toEqual([]);
    harness.resolveLookups([toApiSession({ id: 'M', answeredBy: 'Dorothy' })]);
    expect(harness.visibleAlerts).toMatchObject([
      { kind: 'missed-digest', missedCalls: [{ summary: { id: 'A' } }, { summary: { id: 'G' } }] },
    ]);
  });

  test('announces a call missed after the gap without waiting for the lookups', () => {
    const harness = createSignedInHarness();
    harness.poll(GRACE);
    harness.sleep(10 * MINUTE);
    harness.poll(createMissed('A'));
    harness.advance(2 * SECOND);
    harness.poll(createMissed('A'), createMissed('B'));
    expect(describeAlerts(harness)).toEqual(['B missed']);
    harness.resolveAllLookups('refused');
    expect(describeAlerts(harness)).toEqual(['3 missed, many']);
  });

  test('keeps a delayed digest if the app is killed', () => {
    const harness = createSignedInHarness();
    harness.poll(GRACE);
    harness.sleep(10 * MINUTE);
    harness.poll(createMissed('A'));
    harness.restart();
    harness.poll(createMissed('A'));
    harness.resolveAllLookups('refused');
    expect(describeAlerts(harness)).toEqual(['2 missed, away']);
  });

  test('withdraws the digest once all of its calls are seen', () => {
    const harness = createSignedInHarness();
    harness.sleep(10 * MINUTE);
    harness.poll(createMissed('A'), createMissed('B'));
    harness.markSeen('A');
    expect(harness.openAlerts.size).toBe(1);
    harness.markSeen('A', 'B');
    expect(harness.visibleAlerts).toEqual([]);
  });

  test('adds the calls of a second gap to the digest of the first', () => {
    const harness = createSignedInHarness();
    harness.sleep(10 * MINUTE);
    harness.poll(createMissed('A'), createMissed('B'));
    harness.advance(10 * MINUTE);
    harness.changeClock(-10 * MINUTE);
    harness.poll(createMissed('C'), createMissed('D'));
    expect(describeAlerts(harness)).toEqual(['4 missed, away']);
  });

  test('raises nothing from the snapshot before the gap', () => {
    const harness = createSignedInHarness();
    harness.poll({ id: 'H', held: true });
    harness.sleep(60 * MINUTE);
    harness.advance(3 * MINUTE);
    harness.wait(0);
    expect(harness.raised).toEqual([]);
  });

  test('announces a ring immediately', () => {
    const harness = createSignedInHarness();
    harness.sleep(60 * MINUTE);
    harness.poll(GRACE, createMissed('A'), createMissed('B'));
    expect(describeAlerts(harness)).toEqual(['Grace Hopper rings', '2 missed, away']);
  });
});
