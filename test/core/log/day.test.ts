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
const outgoing = (startedAt: number, over: boolean): LogEntry =>
  createLogEntry({
    direction: 'outgoing',
    outcome: { kind: over ? 'outgoing' : 'active' },
    startedAt,
    talkMs: 0,
    holdMs: 0,
  });

describe('today', () => {
  it('counts the calls since midnight where the person is', () => {
    const entries = [
      createLogEntry({ startedAt: at(23, 59, 3) }),
      createLogEntry({ startedAt: at(0) }),
      createLogEntry({ startedAt: at(9) }),
      createMissedEntry({ startedAt: at(10) }),
      outgoing(at(11), true),
      createLogEntry({ startedAt: at(0, 0, 5) }),
    ];
    const today = summarizeToday(entries, at(12));
    expect(today).toMatchObject({ answered: 2, missed: 1, outgoing: 1 });
    expect(today).toMatchObject({ talkMs: 2 * MINUTE, holdMs: 50 * SECOND });
  });

  it('counts an outgoing call as soon as it begins, an incoming one once it is answered', () => {
    const ringing = createLogEntry({ outcome: { kind: 'active' }, startedAt: at(11) });
    const today = summarizeToday([ringing, outgoing(at(11), false)], at(12));
    expect(today).toMatchObject({ answered: 0, missed: 0, outgoing: 1 });
  });

  it('counts neither who gave up in a queue nor what just ended', () => {
    const entries = (['abandoned', 'ended'] as const).map((kind) =>
      createLogEntry({ outcome: { kind }, startedAt: at(11) }),
    );
    expect(summarizeToday(entries, at(12))).toMatchObject({ answered: 0, missed: 0, outgoing: 0 });
  });

  it('names the newest call, of whatever day', () => {
    const entries = [
      createLogEntry({ startedAt: at(9, 0, 2), party: { name: 'Ada' } }),
      createLogEntry({ startedAt: at(9, 0, 3), party: { name: 'Grace' } }),
      createLogEntry({ startedAt: at(9, 0, 1), party: { name: 'Alan' } }),
    ];
    expect(summarizeToday(entries, at(12)).lastCall).toEqual({
      party: { name: 'Grace', number: '+12025550147' },
      at: at(9, 0, 3),
    });
    expect(summarizeToday([], at(12)).lastCall).toBeNull();
  });

  it('takes a day on which the clocks change for as long as it is', () => {
    // On 8 March 2026 New York springs forward: that day has 23 hours, and 7 November's next 25.
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

describe('the picture of the day', () => {
  it('counts by the hour at which a call began', () => {
    const entries = [
      createLogEntry({ startedAt: at(0) }),
      createLogEntry({ startedAt: at(9, 1) }),
      createMissedEntry({ startedAt: at(9, 59) }),
      outgoing(at(23, 59), true),
      createLogEntry({ startedAt: at(9, 0, 3) }),
    ];
    const { hours } = summarizeDay(entries, at(12));
    expect(hours).toHaveLength(24);
    expect(hours[0]).toEqual({ answered: 1, missed: 0, outgoing: 0 });
    expect(hours[9]).toEqual({ answered: 1, missed: 1, outgoing: 0 });
    expect(hours[23]).toEqual({ answered: 0, missed: 0, outgoing: 1 });
    expect(hours[10]).toEqual({ answered: 0, missed: 0, outgoing: 0 });
  });

  it('adds up talk and hold, and finds the longest hold', () => {
    const startedAt = at(9);
    const twice = createLogEntry({
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
    const picture = summarizeDay([twice, createLogEntry({ startedAt })], at(12));
    expect(picture).toMatchObject({ talkMs: 70 * SECOND, holdMs: 115 * SECOND });
    expect(picture.longestHoldMs).toBe(70 * SECOND);
  });

  it('is not misled by a clock that was set during a hold', () => {
    const startedAt = at(9);
    const hold = (to: number) =>
      createLogEntry({
        startedAt,
        endedAt: to,
        holdMs: 5 * SECOND,
        segments: [{ phase: 'held', from: startedAt }],
      });
    expect(summarizeDay([hold(startedAt + 9 * HOUR)], at(12)).longestHoldMs).toBe(5 * SECOND);
    expect(summarizeDay([hold(startedAt - 9 * HOUR)], at(12)).longestHoldMs).toBe(0);
  });

  it('counts a hold that still goes on once it is over', () => {
    const holding = createLogEntry({
      startedAt: at(9),
      endedAt: undefined,
      holdMs: 0,
      segments: [{ phase: 'held', from: at(9) }],
    });
    expect(summarizeDay([holding], at(12)).longestHoldMs).toBe(0);
  });
});
