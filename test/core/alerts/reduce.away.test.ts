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
        harness.sleeps(60 * MINUTE);
      },
    ],
    [
      'an outage',
      (harness) => {
        harness.fails();
        harness.passes(5 * MINUTE);
        harness.fails();
      },
    ],
    [
      'a quit',
      (harness) => {
        harness.restarts(60 * MINUTE);
      },
    ],
  ])('misses found after %s come as one digest', (_, goes) => {
    const harness = createSignedInHarness();
    harness.polls();
    goes(harness);
    harness.polls(missed('A'), missed('B'), missed('C'));
    expect(describeAlerts(harness)).toEqual(['3 missed, away']);
    expect(harness.log.get('A')?.outcome).toEqual({
      kind: 'missed',
      isInferred: false,
      wasAway: true,
    });
  });

  test('a digest drops calls that are answered after all', () => {
    const harness = createSignedInHarness();
    harness.sleeps(60 * MINUTE);
    harness.polls(missed('A'), missed('B'), missed('C'));
    const taken = (id: string): SessionFixture => ({ id, connected: true, missed: true });
    harness.polls(taken('A'), missed('B'), missed('C'));
    expect(describeAlerts(harness)).toEqual(['2 missed, away']);
    harness.polls(taken('A'), missed('B'), taken('C'));
    expect(describeAlerts(harness)).toEqual(['B missed']);
    harness.polls(taken('A'), taken('B'), taken('C'));
    expect(describeAlerts(harness)).toEqual([]);
    expect(harness.raised).toHaveLength(1);
  });

  test('a call that comes back is a new call without its earlier answer', () => {
    const harness = createSignedInHarness();
    harness.polls({ ...GRACE, ringing: false, connected: true });
    harness.polls();
    harness.passes(5 * MINUTE);
    harness.polls(GRACE);
    harness.passes(2 * SECOND);
    harness.polls();
    harness.looksUpToTheEnd('refused');
    expect(describeAlerts(harness)).toEqual(['Grace Hopper missed']);
  });

  test('of a minute exactly they come one by one', () => {
    const harness = createSignedInHarness();
    harness.polls();
    harness.passes(MINUTE);
    harness.polls(missed('A'), missed('B'));
    expect(describeAlerts(harness)).toEqual(['A missed', 'B missed']);
  });

  test('a single missed call is announced by name, as missed while away', () => {
    const harness = createSignedInHarness();
    harness.polls();
    harness.sleeps(10 * MINUTE);
    harness.polls(missed('A'));
    expect(harness.shows).toMatchObject([{ kind: 'missed', missedCall: { foundDuring: 'away' } }]);
  });

  test('the digest waits for the look-ups that belong to it', () => {
    const harness = createSignedInHarness();
    harness.polls(GRACE, MARGARET);
    harness.sleeps(10 * MINUTE);
    harness.polls(missed('A'));
    expect(harness.shows).toEqual([]);
    harness.looksUp([toApiSession({ id: 'M', answeredBy: 'Dorothy' })]);
    expect(harness.shows).toMatchObject([
      { kind: 'missed-digest', missedCalls: [{ summary: { id: 'A' } }, { summary: { id: 'G' } }] },
    ]);
  });

  test('a miss after it does not wait for them', () => {
    const harness = createSignedInHarness();
    harness.polls(GRACE);
    harness.sleeps(10 * MINUTE);
    harness.polls(missed('A'));
    harness.passes(2 * SECOND);
    harness.polls(missed('A'), missed('B'));
    expect(describeAlerts(harness)).toEqual(['B missed']);
    harness.looksUpToTheEnd('refused');
    expect(describeAlerts(harness)).toEqual(['3 missed, many']);
  });

  test('the digest survives a kill while it waits', () => {
    const harness = createSignedInHarness();
    harness.polls(GRACE);
    harness.sleeps(10 * MINUTE);
    harness.polls(missed('A'));
    harness.restarts();
    harness.polls(missed('A'));
    harness.looksUpToTheEnd('refused');
    expect(describeAlerts(harness)).toEqual(['2 missed, away']);
  });

  test('a digest goes from the screen once each of its calls was looked at', () => {
    const harness = createSignedInHarness();
    harness.sleeps(10 * MINUTE);
    harness.polls(missed('A'), missed('B'));
    harness.looks('A');
    expect(harness.screen.size).toBe(1);
    harness.looks('A', 'B');
    expect(harness.shows).toEqual([]);
  });

  test('the calls of a second gap join the digest of the first', () => {
    const harness = createSignedInHarness();
    harness.sleeps(10 * MINUTE);
    harness.polls(missed('A'), missed('B'));
    harness.passes(10 * MINUTE);
    harness.setsClock(-10 * MINUTE);
    harness.polls(missed('C'), missed('D'));
    expect(describeAlerts(harness)).toEqual(['4 missed, away']);
  });

  test('nothing is raised from the picture before it', () => {
    const harness = createSignedInHarness();
    harness.polls({ id: 'H', held: true });
    harness.sleeps(60 * MINUTE);
    harness.passes(3 * MINUTE);
    harness.waits(0);
    expect(harness.raised).toEqual([]);
  });

  test('a ring is announced immediately', () => {
    const harness = createSignedInHarness();
    harness.sleeps(60 * MINUTE);
    harness.polls(GRACE, missed('A'), missed('B'));
    expect(describeAlerts(harness)).toEqual(['Grace Hopper rings', '2 missed, away']);
  });
});
