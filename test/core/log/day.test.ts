import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { summarizeDay, summarizeToday } from '../../../src/core/log/day';
import type { LogEntry } from '../../../src/core/log/entry';
import { createMissedEntry, createLogEntry } from './log-entry-fixture';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

beforeAll(() => {
  vi.stubEnv('TZ', 'America/New_York');
});
afterAll(() => {
  vi.unstubAllEnvs();
});

const at = (hour: number, minute = 0, day = 4): number =>
  new Date(2026, 2, day, hour, minute).getTime();
const createOutgoing = (startedAt: number, hasEnded: boolean): LogEntry =>
  createLogEntry({
    direction: 'outgoing',
    outcome: { kind: hasEnded ? 'outgoing' : 'active' },
    startedAt,
    talkMs: 0,
    holdMs: 0,
  });

describe('summarizeToday', () => {
  it('counts calls since local midnight', () => {
    const entries = [
      createLogEntry({ startedAt: at(23, 59, 3) }),
      createLogEntry({ startedAt: at(0) }),
      createLogEntry({ startedAt: at(9) }),
      createMissedEntry({ startedAt: at(10) }),
      createOutgoing(at(11), true),
      createLogEntry({ startedAt: at(0, 0, 5) }),
    ];
    const today = summarizeToday(entries, at(12));
    expect(today).toMatchObject({ answered: 2, missed: 1, outgoing: 1 });
    expect(today).toMatchObject({ talkMs: 2 * MINUTE, holdMs: 50 * SECOND });
  });

  it('counts an outgoing call when it starts and an incoming call when it is answered', () => {
    const ringing = createLogEntry({ outcome: { kind: 'active' }, startedAt: at(11) });
    const today = summarizeToday([ringing, createOutgoing(at(11), false)], at(12));
    expect(today).toMatchObject({ answered: 0, missed: 0, outgoing: 1 });
  });

  it('counts callers who hung up in the queue as missed, and no other ended calls', () => {
    const entries = (['abandoned', 'ended'] as const).map((kind) =>
      createLogEntry({ outcome: { kind }, startedAt: at(11) }),
    );
    expect(summarizeToday(entries, at(12))).toMatchObject({ answered: 0, missed: 1, outgoing: 0 });
  });

  it('reports the latest call of any day', () => {
    const entries = [
      createLogEntry({ startedAt: at(9, 0, 2), party: { name: 'Ada' } }),
      createLogEntry({ id: 'S-7', startedAt: at(9, 0, 3), party: { name: 'Grace' } }),
      createLogEntry({ startedAt: at(9, 0, 1), party: { name: 'Alan' } }),
    ];
    expect(summarizeToday(entries, at(12)).lastCall).toEqual({
      id: 'S-7',
      party: { name: 'Grace', number: '+12025550147' },
      at: at(9, 0, 3),
    });
    expect(summarizeToday([], at(12)).lastCall).toBeNull();
  });

  it('handles days on which the clocks change', () => {
    // In New York, March 8, 2026, has 23 hours and November 1 has 25.
    const spring = [
      createLogEntry({ startedAt: at(23, 30, 8) }),
      createLogEntry({ startedAt: at(0, 30, 9) }),
    ];
    expect(summarizeToday(spring, at(12, 0, 8)).answered).toBe(1);
    const autumn = new Date(2026, 10, 1, 23, 30).getTime();
    expect(autumn - new Date(2026, 10, 1).getTime()).toBe(24.5 * HOUR);
    expect(summarizeToday([createLogEntry({ startedAt: autumn })], autumn).answered).toBe(1);
  });
});

describe('summarizeDay', () => {
  it('counts calls by the hour in which they started', () => {
    const entries = [
      createLogEntry({ startedAt: at(0) }),
      createLogEntry({ startedAt: at(9, 1) }),
      createMissedEntry({ startedAt: at(9, 59) }),
      createOutgoing(at(23, 59), true),
      createLogEntry({ startedAt: at(9, 0, 3) }),
    ];
    const { hours } = summarizeDay(entries, at(12));
    expect(hours).toHaveLength(24);
    expect(hours[0]).toEqual({ answered: 1, missed: 0, outgoing: 0 });
    expect(hours[9]).toEqual({ answered: 1, missed: 1, outgoing: 0 });
    expect(hours[23]).toEqual({ answered: 0, missed: 0, outgoing: 1 });
    expect(hours[10]).toEqual({ answered: 0, missed: 0, outgoing: 0 });
  });

  it('adds up talk and hold times and finds the longest hold', () => {
    const startedAt = at(9);
    const heldTwice = createLogEntry({
      startedAt,
      endedAt: startedAt + 100 * SECOND,
      talkMs: 10 * SECOND,
      holdMs: 90 * SECOND,
      segments: [
        { phase: 'held', from: startedAt },
        { phase: 'connected', from: startedAt + 20 * SECOND },
        { phase: 'held', from: startedAt + 30 * SECOND },
      ],
    });
    const summary = summarizeDay([heldTwice, createLogEntry({ startedAt })], at(12));
    expect(summary.own).toMatchObject({ count: 2, talkMs: 70 * SECOND, holdMs: 115 * SECOND });
    expect(summary.longestHoldMs).toBe(70 * SECOND);
  });

  it('separates the user’s calls from the team’s', () => {
    const answeredByPat = createLogEntry({
      startedAt: at(9),
      answeredAt: at(9) + 20 * SECOND,
      outcome: { kind: 'answered', by: 'Pat', isOwn: false },
    });
    const { own, team, answered } = summarizeDay(
      [createLogEntry({ startedAt: at(9) }), answeredByPat, answeredByPat],
      at(12),
    );
    expect(answered).toBe(3);
    expect(own).toMatchObject({ count: 1, waitMs: 5 * SECOND, talkMs: MINUTE });
    expect(team).toMatchObject({ count: 2, waitMs: 40 * SECOND, talkMs: 2 * MINUTE });
  });

  it('counts chats and faxes apart, and calls by customer', () => {
    const entries = [
      createLogEntry({ startedAt: at(9), channel: 'Chat' }),
      createLogEntry({ startedAt: at(9), channel: 'Fax' }),
      createLogEntry({ startedAt: at(9), customer: 'Harbor Legal' }),
      createMissedEntry({ startedAt: at(9) }),
      createLogEntry({ startedAt: at(9) }),
    ];
    const summary = summarizeDay(entries, at(12));
    expect(summary).toMatchObject({ answered: 2, missed: 1, chats: 1, faxes: 1 });
    expect(summary.customers).toEqual([
      { customer: 'Bright Dental', answered: 1, missed: 1, outgoing: 0 },
      { customer: 'Harbor Legal', answered: 1, missed: 0, outgoing: 0 },
    ]);
  });

  it('limits the longest hold to the total hold time if the clock was changed', () => {
    const startedAt = at(9);
    const createHold = (endedAt: number) =>
      createLogEntry({
        startedAt,
        endedAt,
        holdMs: 5 * SECOND,
        segments: [{ phase: 'held', from: startedAt }],
      });
    expect(summarizeDay([createHold(startedAt + 9 * HOUR)], at(12)).longestHoldMs).toBe(5 * SECOND);
    expect(summarizeDay([createHold(startedAt - 9 * HOUR)], at(12)).longestHoldMs).toBe(0);
  });

  it('does not count a hold that has not ended', () => {
    const holding = createLogEntry({
      startedAt: at(9),
      endedAt: undefined,
      holdMs: 0,
      segments: [{ phase: 'held', from: at(9) }],
    });
    expect(summarizeDay([holding], at(12)).longestHoldMs).toBe(0);
  });
});
