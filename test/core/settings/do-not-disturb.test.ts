import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../src/core/settings/settings';
import {
  getDurationEnd,
  getActiveDoNotDisturb,
  getSuspensionEnd,
  isNextOccurrence,
  resolveDoNotDisturb,
  type DaySchedule,
  type DoNotDisturb,
  type WeeklySchedule,
} from '../../../src/core/settings/do-not-disturb';
import { MINUTE } from '../session-fixture';

beforeEach(() => {
  vi.stubEnv('TZ', 'Europe/Berlin');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** Returns a local time in March 2024, in which the 3rd is a Sunday. */
const march = (day: number, hour: number, minute = 0): number =>
  new Date(2024, 2, day, hour, minute).getTime();

const createPeriod = (from: number, to: number): DaySchedule => ({ from: from * 60, to: to * 60 });

function isDoNotDisturbActive(
  doNotDisturb: DoNotDisturb,
  schedule: WeeklySchedule,
  now: number,
): boolean {
  return getActiveDoNotDisturb(doNotDisturb, schedule, now) !== null;
}

/** Creates a schedule with a period on one weekday; 0 is Sunday. */
function createSchedule(day: number, period: DaySchedule): WeeklySchedule {
  return Array.from({ length: 7 }, (_, index) => (index === day ? period : null));
}

describe('resolveDoNotDisturb', () => {
  const now = march(5, 14, 30);

  test('ends a 30-minute choice after 30 minutes', () => {
    const doNotDisturb = resolveDoNotDisturb('30-minutes', now);
    expect(isDoNotDisturbActive(doNotDisturb, [], now)).toBe(true);
    expect(isDoNotDisturbActive(doNotDisturb, [], now + 30 * MINUTE - 1)).toBe(true);
    expect(isDoNotDisturbActive(doNotDisturb, [], now + 30 * MINUTE)).toBe(false);
  });

  test('ends a 1-hour choice after an hour', () => {
    expect(resolveDoNotDisturb('1-hour', now)).toBe(now + 60 * MINUTE);
  });

  test('ends "until tomorrow" at 6:00 the next morning', () => {
    expect(resolveDoNotDisturb('tomorrow', now)).toBe(march(6, 6));
    expect(resolveDoNotDisturb('tomorrow', march(31, 23, 59))).toBe(
      new Date(2024, 3, 1, 6).getTime(),
    );
  });

  test('ends "until tomorrow" the same morning if chosen between midnight and 6:00', () => {
    expect(resolveDoNotDisturb('tomorrow', march(5, 0, 0))).toBe(march(5, 6));
    expect(resolveDoNotDisturb('tomorrow', march(5, 0, 33))).toBe(march(5, 6));
    expect(resolveDoNotDisturb('tomorrow', march(5, 5, 59))).toBe(march(5, 6));
    expect(resolveDoNotDisturb('tomorrow', march(5, 6, 0))).toBe(march(6, 6));
    expect(resolveDoNotDisturb('tomorrow', march(4, 23, 59))).toBe(march(5, 6));
  });

  test.each([
    ['Asia/Kathmandu', '2026-07-01T00:15:00+05:45', '2026-07-01T06:00:00+05:45'],
    ['Pacific/Apia', '2026-12-31T23:30:00+13:00', '2027-01-01T06:00:00+13:00'],
    ['Pacific/Honolulu', '2026-02-28T05:59:59-10:00', '2026-02-28T06:00:00-10:00'],
    ['America/New_York', '2026-03-08T01:30:00-05:00', '2026-03-08T06:00:00-04:00'],
    ['America/New_York', '2026-11-01T01:30:00-04:00', '2026-11-01T06:00:00-05:00'],
    ['Australia/Lord_Howe', '2026-04-05T01:45:00+11:00', '2026-04-05T06:00:00+10:30'],
    ['Asia/Beirut', '2026-03-28T23:59:00+02:00', '2026-03-29T06:00:00+03:00'],
  ])('ends "until tomorrow" in %s at %s at %s', (zone, now, end) => {
    vi.stubEnv('TZ', zone);
    const until = resolveDoNotDisturb('tomorrow', Date.parse(now));
    expect(until).toBe(Date.parse(end));
    expect(isNextOccurrence(Date.parse(end), Date.parse(now))).toBe(true);
  });

  test('always ends "until tomorrow" at the next 6:00', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: march(1, 0), max: march(1, 0) + 366 * 24 * 60 * MINUTE }),
        (now) => {
          const end = resolveDoNotDisturb('tomorrow', now);
          expect(end).toBeGreaterThan(now);
          expect(isNextOccurrence(end as number, now)).toBe(true);
          expect(new Date(end as number).getHours()).toBe(6);
        },
      ),
    );
  });

  test.each([
    [march(5, 6), march(5, 0, 33), true],
    [march(6, 6), march(5, 18), true],
    [march(6, 6), march(5, 6, 1), true],
    [march(6, 6), march(5, 6), true],
    [march(6, 6), march(5, 0, 33), false],
    [march(7, 6), march(5, 18), false],
    [march(12, 6), march(5, 6), false],
    [march(31, 6), march(30, 20), true],
    [march(5, 6), march(5, 6), false],
  ])(
    'reports whether %i is the next occurrence of its time of day after %i',
    (end, now, isNext) => {
      expect(isNextOccurrence(end, now)).toBe(isNext);
    },
  );

  test('keeps the end of a duration unless the clock was changed', () => {
    const end = now + 30 * MINUTE;
    expect(getDurationEnd(end, 20 * MINUTE, now + 10 * MINUTE + 40)).toBe(end);
    expect(getDurationEnd(end, 20 * MINUTE, now - 50 * MINUTE)).toBe(now - 30 * MINUTE);
    expect(getDurationEnd(end, 20 * MINUTE, now + 70 * MINUTE)).toBe(now + 90 * MINUTE);
  });

  test('ends "until tomorrow" at 6:00 on the day the clocks change', () => {
    const doNotDisturb = resolveDoNotDisturb('tomorrow', march(30, 20));
    expect(doNotDisturb).toBe(march(31, 6));
    expect(doNotDisturb).toBe(march(30, 20) + 9 * 60 * MINUTE);
  });

  test('never ends "until turned off"', () => {
    const doNotDisturb = resolveDoNotDisturb('until-turned-off', now);
    expect(isDoNotDisturbActive(doNotDisturb, [], now + 1e12)).toBe(true);
    expect(isDoNotDisturbActive(resolveDoNotDisturb('off', now), [], now)).toBe(false);
  });
});

describe('getActiveDoNotDisturb', () => {
  test('is active between the start and the end of a scheduled period', () => {
    const week = createSchedule(1, createPeriod(9, 17));
    expect(isDoNotDisturbActive(null, week, march(4, 8, 59))).toBe(false);
    expect(isDoNotDisturbActive(null, week, march(4, 9))).toBe(true);
    expect(isDoNotDisturbActive(null, week, march(4, 16, 59))).toBe(true);
    expect(isDoNotDisturbActive(null, week, march(4, 17))).toBe(false);
    expect(isDoNotDisturbActive(null, week, march(5, 12))).toBe(false);
  });

  test('continues past midnight if a period ends before it starts', () => {
    const week = createSchedule(1, createPeriod(22, 6));
    expect(isDoNotDisturbActive(null, week, march(4, 21, 59))).toBe(false);
    expect(isDoNotDisturbActive(null, week, march(4, 22))).toBe(true);
    expect(isDoNotDisturbActive(null, week, march(4, 23, 59))).toBe(true);
    expect(isDoNotDisturbActive(null, week, march(5, 0))).toBe(true);
    expect(isDoNotDisturbActive(null, week, march(5, 5, 59))).toBe(true);
    expect(isDoNotDisturbActive(null, week, march(5, 6))).toBe(false);
    expect(isDoNotDisturbActive(null, week, march(4, 3))).toBe(false);
  });

  test('continues from Saturday night into Sunday', () => {
    const week = createSchedule(6, createPeriod(22, 6));
    expect(isDoNotDisturbActive(null, week, march(2, 23))).toBe(true);
    expect(isDoNotDisturbActive(null, week, march(3, 5))).toBe(true);
  });

  test('lasts a whole day if a period starts and ends at the same time', () => {
    const day = createSchedule(0, createPeriod(0, 0));
    expect(isDoNotDisturbActive(null, day, march(3, 0))).toBe(true);
    expect(isDoNotDisturbActive(null, day, march(3, 23, 59))).toBe(true);
    expect(isDoNotDisturbActive(null, day, march(4, 0))).toBe(false);
    const fromEight = createSchedule(0, createPeriod(8, 8));
    expect(isDoNotDisturbActive(null, fromEight, march(3, 7, 59))).toBe(false);
    expect(isDoNotDisturbActive(null, fromEight, march(4, 7, 59))).toBe(true);
    expect(isDoNotDisturbActive(null, fromEight, march(4, 8))).toBe(false);
  });

  test('follows local time when the clocks go forward', () => {
    // On March 31, 2024, the clocks in Berlin go from 2:00 to 3:00.
    const week = createSchedule(0, createPeriod(1, 4));
    const oneOClock = march(31, 1);
    expect(isDoNotDisturbActive(null, week, oneOClock)).toBe(true);
    expect(isDoNotDisturbActive(null, week, oneOClock + 119 * MINUTE)).toBe(true);
    expect(isDoNotDisturbActive(null, week, oneOClock + 120 * MINUTE)).toBe(false);
  });

  test('follows local time when the clocks go back', () => {
    // On October 27, 2024, the clocks in Berlin go from 3:00 back to 2:00.
    const week = createSchedule(0, createPeriod(1, 4));
    const oneOClock = new Date(2024, 9, 27, 1).getTime();
    expect(isDoNotDisturbActive(null, week, oneOClock + 239 * MINUTE)).toBe(true);
    expect(isDoNotDisturbActive(null, week, oneOClock + 240 * MINUTE)).toBe(false);
  });

  test('covers nights and weekends without a gap by default', () => {
    const { doNotDisturbSchedule } = DEFAULT_SETTINGS;
    for (let time = march(1, 18); time < march(4, 8); time += MINUTE) {
      expect(isDoNotDisturbActive(null, doNotDisturbSchedule, time)).toBe(true);
    }
    for (const day of [4, 5, 6, 7, 8]) {
      expect(isDoNotDisturbActive(null, doNotDisturbSchedule, march(day, 7, 59))).toBe(true);
      expect(isDoNotDisturbActive(null, doNotDisturbSchedule, march(day, 8))).toBe(false);
      expect(isDoNotDisturbActive(null, doNotDisturbSchedule, march(day, 17, 59))).toBe(false);
      expect(isDoNotDisturbActive(null, doNotDisturbSchedule, march(day, 18))).toBe(true);
    }
  });

  test('is inactive on days without a period', () => {
    expect(isDoNotDisturbActive(null, [], march(4, 12))).toBe(false);
    expect(isDoNotDisturbActive(null, createSchedule(2, createPeriod(0, 24)), march(4, 12))).toBe(
      false,
    );
  });
});

describe('the end that getActiveDoNotDisturb reports', () => {
  const { doNotDisturbSchedule } = DEFAULT_SETTINGS;

  test('is the end of the last of several consecutive periods', () => {
    const friday = march(8, 19);
    expect(getActiveDoNotDisturb(null, doNotDisturbSchedule, friday)).toEqual({
      until: march(11, 8),
      isScheduled: true,
    });
  });

  test('is missing if the schedule has no gap', () => {
    const always = Array.from({ length: 7 }, () => createPeriod(0, 0));
    expect(getActiveDoNotDisturb(null, always, march(5, 12))).toEqual({
      until: null,
      isScheduled: true,
    });
  });

  test('is the end of the schedule if a manual choice ends during a scheduled period', () => {
    expect(getActiveDoNotDisturb(march(5, 18, 30), doNotDisturbSchedule, march(5, 17, 30))).toEqual(
      {
        until: march(6, 8),
        isScheduled: false,
      },
    );
    expect(getActiveDoNotDisturb(march(5, 17), doNotDisturbSchedule, march(5, 16))?.until).toBe(
      march(5, 17),
    );
  });

  test('ignores a suspended schedule', () => {
    const evening = march(5, 19);
    const end = getSuspensionEnd(doNotDisturbSchedule, evening);
    expect(end).toBe(march(6, 8));
    expect(getActiveDoNotDisturb(null, doNotDisturbSchedule, evening, end)).toBeNull();
    expect(getActiveDoNotDisturb(null, doNotDisturbSchedule, march(6, 18), end)).not.toBeNull();
    expect(getActiveDoNotDisturb(march(5, 20), doNotDisturbSchedule, evening, end)?.until).toBe(
      march(5, 20),
    );
  });

  test('suspends the schedule in the early morning until the next day', () => {
    expect(getSuspensionEnd(doNotDisturbSchedule, march(5, 7))).toBe(march(6, 8));
    expect(getSuspensionEnd(createSchedule(2, createPeriod(6, 9)), march(5, 7))).toBe(march(6, 0));
  });

  test('is always later than now and the first instant without Do Not Disturb', () => {
    const minute = fc.integer({ min: 0, max: 1439 });
    const period = fc.option(fc.record({ from: minute, to: minute }));
    fc.assert(
      fc.property(
        fc.array(period, { minLength: 7, maxLength: 7 }),
        fc.integer({ min: march(4, 0), max: march(20, 0) }),
        (schedule, now) => {
          const active = getActiveDoNotDisturb(null, schedule, now);
          if (active?.until == null) return;
          expect(active.until).toBeGreaterThan(now);
          expect(isDoNotDisturbActive(null, schedule, active.until - 1)).toBe(true);
          expect(isDoNotDisturbActive(null, schedule, active.until)).toBe(false);
        },
      ),
    );
  });
});
