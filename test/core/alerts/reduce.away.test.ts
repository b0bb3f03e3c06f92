import { describe, expect, test } from 'vitest';
import { MINUTE, toApiSession, SECOND, type SessionFixture } from '../session-fixture';
import { createSignedInHarness, GRACE, MARGARET, describeAlerts } from './fixtures';
import type { AlertHarness } from './harness';

describe('after a gap of over a minute', () => {
  const missed = (id: string): SessionFixture => ({ id, ended: true, missed: true });

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
  ])('misses found after %s come as one digest', (_, goes) => {
    const harness = createSignedInHarness();
    harness.poll();
    goes(harness);
    harness.poll(missed('A'), missed('B'), missed('C'));
    expect(describeAlerts(harness)).toEqual(['3 missed, away']);
    expect(harness.log.get('A')?.outcome).toEqual({
      kind: 'missed',
      isInferred: false,
      wasAway: true,
    });
  });

  test('a digest drops calls that are answered after all', () => {
    const harness = createSignedInHarness();
    harness.sleep(60 * MINUTE);
    harness.poll(missed('A'), missed('B'), missed('C'));
    const taken = (id: string): SessionFixture => ({ id, connected: true, missed: true });
    harness.poll(taken('A'), missed('B'), missed('C'));
    expect(describeAlerts(harness)).toEqual(['2 missed, away']);
    harness.poll(taken('A'), missed('B'), taken('C'));
    expect(describeAlerts(harness)).toEqual(['B missed']);
    harness.poll(taken('A'), taken('B'), taken('C'));
    expect(describeAlerts(harness)).toEqual([]);
    expect(harness.raised).toHaveLength(1);
  });

  test('a call that comes back is a new call without its earlier answer', () => {
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

  test('of a minute exactly they come one by one', () => {
    const harness = createSignedInHarness();
    harness.poll();
    harness.advance(MINUTE);
    harness.poll(missed('A'), missed('B'));
    expect(describeAlerts(harness)).toEqual(['A missed', 'B missed']);
  });

  test('a single missed call is announced by name, as missed while away', () => {
    const harness = createSignedInHarness();
    harness.poll();
    harness.sleep(10 * MINUTE);
    harness.poll(missed('A'));
    expect(harness.visibleAlerts).toMatchObject([
      { kind: 'missed', missedCall: { foundDuring: 'away' } },
    ]);
  });

  test('the digest waits for the look-ups that belong to it', () => {
    const harness = createSignedInHarness();
    harness.poll(GRACE, MARGARET);
    harness.sleep(10 * MINUTE);
    harness.poll(missed('A'));
    expect(harness.visibleAlerts).toEqual([]);
    harness.resolveLookups([toApiSession({ id: 'M', answeredBy: 'Dorothy' })]);
    expect(harness.visibleAlerts).toMatchObject([
      { kind: 'missed-digest', missedCalls: [{ summary: { id: 'A' } }, { summary: { id: 'G' } }] },
    ]);
  });

  test('a miss after it does not wait for them', () => {
    const harness = createSignedInHarness();
    harness.poll(GRACE);
    harness.sleep(10 * MINUTE);
    harness.poll(missed('A'));
    harness.advance(2 * SECOND);
    harness.poll(missed('A'), missed('B'));
    expect(describeAlerts(harness)).toEqual(['B missed']);
    harness.resolveAllLookups('refused');
    expect(describeAlerts(harness)).toEqual(['3 missed, many']);
  });

  test('the digest survives a kill while it waits', () => {
    const harness = createSignedInHarness();
    harness.poll(GRACE);
    harness.sleep(10 * MINUTE);
    harness.poll(missed('A'));
    harness.restart();
    harness.poll(missed('A'));
    harness.resolveAllLookups('refused');
    expect(describeAlerts(harness)).toEqual(['2 missed, away']);
  });

  test('a digest goes from the screen once each of its calls was looked at', () => {
    const harness = createSignedInHarness();
    harness.sleep(10 * MINUTE);
    harness.poll(missed('A'), missed('B'));
    harness.markSeen('A');
    expect(harness.openAlerts.size).toBe(1);
    harness.markSeen('A', 'B');
    expect(harness.visibleAlerts).toEqual([]);
  });

  test('the calls of a second gap join the digest of the first', () => {
    const harness = createSignedInHarness();
    harness.sleep(10 * MINUTE);
    harness.poll(missed('A'), missed('B'));
    harness.advance(10 * MINUTE);
    harness.changeClock(-10 * MINUTE);
    harness.poll(missed('C'), missed('D'));
    expect(describeAlerts(harness)).toEqual(['4 missed, away']);
  });

  test('nothing is raised from the picture before it', () => {
    const harness = createSignedInHarness();
    harness.poll({ id: 'H', held: true });
    harness.sleep(60 * MINUTE);
    harness.advance(3 * MINUTE);
    harness.wait(0);
    expect(harness.raised).toEqual([]);
  });

  test('a ring is announced immediately', () => {
    const harness = createSignedInHarness();
    harness.sleep(60 * MINUTE);
    harness.poll(GRACE, missed('A'), missed('B'));
    expect(describeAlerts(harness)).toEqual(['Grace Hopper rings', '2 missed, away']);
  });
});
