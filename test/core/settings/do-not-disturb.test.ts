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

/** Local time; 3 March 2024 is a Sunday. */
const on = (day: number, hour: number, minute = 0): number =>
  new Date(2024, 2, day, hour, minute).getTime();

const hours = (from: number, to: number): DaySchedule => ({ from: from * 60, to: to * 60 });

function isDoNotDisturbActive(
  doNotDisturb: DoNotDisturb,
  schedule: WeeklySchedule,
  now: number,
): boolean {
  return getActiveDoNotDisturb(doNotDisturb, schedule, now) !== null;
}

/** Quiet on one weekday only, Sunday being 0. */
function only(day: number, quiet: DaySchedule): WeeklySchedule {
  return Array.from({ length: 7 }, (_, at) => (at === day ? quiet : null));
}

describe('do not disturb by hand', () => {
  const now = on(5, 14, 30);

  test('for half an hour ends after half an hour', () => {
    const doNotDisturb = resolveDoNotDisturb('30-minutes', now);
    expect(isDoNotDisturbActive(doNotDisturb, [], now)).toBe(true);
    expect(isDoNotDisturbActive(doNotDisturb, [], now + 30 * MINUTE - 1)).toBe(true);
    expect(isDoNotDisturbActive(doNotDisturb, [], now + 30 * MINUTE)).toBe(false);
  });

  test('for an hour ends after an hour', () => {
    expect(resolveDoNotDisturb('1-hour', now)).toBe(now + 60 * MINUTE);
  });

  test('until tomorrow ends at six in the morning', () => {
    expect(resolveDoNotDisturb('tomorrow', now)).toBe(on(6, 6));
    expect(resolveDoNotDisturb('tomorrow', on(31, 23, 59))).toBe(new Date(2024, 3, 1, 6).getTime());
  });

  test('until tomorrow means the coming morning after midnight', () => {
    expect(resolveDoNotDisturb('tomorrow', on(5, 0, 0))).toBe(on(5, 6));
    expect(resolveDoNotDisturb('tomorrow', on(5, 0, 33))).toBe(on(5, 6));
    expect(resolveDoNotDisturb('tomorrow', on(5, 5, 59))).toBe(on(5, 6));
    expect(resolveDoNotDisturb('tomorrow', on(5, 6, 0))).toBe(on(6, 6));
    expect(resolveDoNotDisturb('tomorrow', on(4, 23, 59))).toBe(on(5, 6));
  });

  test('until tomorrow always ends at the next six in the morning', () => {
    fc.assert(
      fc.property(fc.integer({ min: on(1, 0), max: on(1, 0) + 366 * 24 * 60 * MINUTE }), (now) => {
        const end = resolveDoNotDisturb('tomorrow', now);
        expect(end).toBeGreaterThan(now);
        expect(isNextOccurrence(end as number, now)).toBe(true);
        expect(new Date(end as number).getHours()).toBe(6);
      }),
    );
  });

  test.each([
    [on(5, 6), on(5, 0, 33), true],
    [on(6, 6), on(5, 18), true],
    [on(6, 6), on(5, 6, 1), true],
    [on(6, 6), on(5, 6), true],
    [on(6, 6), on(5, 0, 33), false],
    [on(7, 6), on(5, 18), false],
    [on(12, 6), on(5, 6), false],
    [on(31, 6), on(30, 20), true],
    [on(5, 6), on(5, 6), false],
  ])('the time alone names an end that is the next at that time: %i at %i', (end, at, isNext) => {
    expect(isNextOccurrence(end, at)).toBe(isNext);
  });

  test('a duration keeps its end unless the clock was set', () => {
    const end = now + 30 * MINUTE;
    expect(getDurationEnd(end, 20 * MINUTE, now + 10 * MINUTE + 40)).toBe(end);
    expect(getDurationEnd(end, 20 * MINUTE, now - 50 * MINUTE)).toBe(now - 30 * MINUTE);
    expect(getDurationEnd(end, 20 * MINUTE, now + 70 * MINUTE)).toBe(now + 90 * MINUTE);
  });

  test('until tomorrow ends at six on the day on which the clocks change', () => {
    const doNotDisturb = resolveDoNotDisturb('tomorrow', on(30, 20));
    expect(doNotDisturb).toBe(on(31, 6));
    expect(doNotDisturb).toBe(on(30, 20) + 9 * 60 * MINUTE);
  });

  test('until turned off does not end by itself', () => {
    const doNotDisturb = resolveDoNotDisturb('until-turned-off', now);
    expect(isDoNotDisturbActive(doNotDisturb, [], now + 1e12)).toBe(true);
    expect(isDoNotDisturbActive(resolveDoNotDisturb('off', now), [], now)).toBe(false);
  });
});

describe('quiet hours', () => {
  test('on a day go from one time to the other', () => {
    const week = only(1, hours(9, 17));
    expect(isDoNotDisturbActive(null, week, on(4, 8, 59))).toBe(false);
    expect(isDoNotDisturbActive(null, week, on(4, 9))).toBe(true);
    expect(isDoNotDisturbActive(null, week, on(4, 16, 59))).toBe(true);
    expect(isDoNotDisturbActive(null, week, on(4, 17))).toBe(false);
    expect(isDoNotDisturbActive(null, week, on(5, 12))).toBe(false);
  });

  test('that end before they begin run over midnight into the next day', () => {
    const week = only(1, hours(22, 6));
    expect(isDoNotDisturbActive(null, week, on(4, 21, 59))).toBe(false);
    expect(isDoNotDisturbActive(null, week, on(4, 22))).toBe(true);
    expect(isDoNotDisturbActive(null, week, on(4, 23, 59))).toBe(true);
    expect(isDoNotDisturbActive(null, week, on(5, 0))).toBe(true);
    expect(isDoNotDisturbActive(null, week, on(5, 5, 59))).toBe(true);
    expect(isDoNotDisturbActive(null, week, on(5, 6))).toBe(false);
    expect(isDoNotDisturbActive(null, week, on(4, 3))).toBe(false);
  });

  test('of a Saturday run into Sunday', () => {
    const week = only(6, hours(22, 6));
    expect(isDoNotDisturbActive(null, week, on(2, 23))).toBe(true);
    expect(isDoNotDisturbActive(null, week, on(3, 5))).toBe(true);
  });

  test('with equal ends last a whole day', () => {
    const day = only(0, hours(0, 0));
    expect(isDoNotDisturbActive(null, day, on(3, 0))).toBe(true);
    expect(isDoNotDisturbActive(null, day, on(3, 23, 59))).toBe(true);
    expect(isDoNotDisturbActive(null, day, on(4, 0))).toBe(false);
    const fromEight = only(0, hours(8, 8));
    expect(isDoNotDisturbActive(null, fromEight, on(3, 7, 59))).toBe(false);
    expect(isDoNotDisturbActive(null, fromEight, on(4, 7, 59))).toBe(true);
    expect(isDoNotDisturbActive(null, fromEight, on(4, 8))).toBe(false);
  });

  test('follow the clock on the wall when an hour is left out', () => {
    // On 31 March 2024 the clocks of Berlin go from 2:00 to 3:00.
    const week = only(0, hours(1, 4));
    const one = on(31, 1);
    expect(isDoNotDisturbActive(null, week, one)).toBe(true);
    expect(isDoNotDisturbActive(null, week, one + 119 * MINUTE)).toBe(true);
    expect(isDoNotDisturbActive(null, week, one + 120 * MINUTE)).toBe(false);
  });

  test('follow the clock on the wall when an hour comes twice', () => {
    // On 27 October 2024 the clocks of Berlin go from 3:00 back to 2:00.
    const week = only(0, hours(1, 4));
    const one = new Date(2024, 9, 27, 1).getTime();
    expect(isDoNotDisturbActive(null, week, one + 239 * MINUTE)).toBe(true);
    expect(isDoNotDisturbActive(null, week, one + 240 * MINUTE)).toBe(false);
  });

  test('by default are the nights and the weekend, without a hole', () => {
    const { doNotDisturbSchedule } = DEFAULT_SETTINGS;
    for (let time = on(1, 18); time < on(4, 8); time += MINUTE) {
      expect(isDoNotDisturbActive(null, doNotDisturbSchedule, time)).toBe(true);
    }
    for (const day of [4, 5, 6, 7, 8]) {
      expect(isDoNotDisturbActive(null, doNotDisturbSchedule, on(day, 7, 59))).toBe(true);
      expect(isDoNotDisturbActive(null, doNotDisturbSchedule, on(day, 8))).toBe(false);
      expect(isDoNotDisturbActive(null, doNotDisturbSchedule, on(day, 17, 59))).toBe(false);
      expect(isDoNotDisturbActive(null, doNotDisturbSchedule, on(day, 18))).toBe(true);
    }
  });

  test('are none on days without', () => {
    expect(isDoNotDisturbActive(null, [], on(4, 12))).toBe(false);
    expect(isDoNotDisturbActive(null, only(2, hours(0, 24)), on(4, 12))).toBe(false);
  });
});

describe('the end of Do Not Disturb', () => {
  const { doNotDisturbSchedule } = DEFAULT_SETTINGS;

  test('of a schedule is where the last period in a row ends', () => {
    const friday = on(8, 19);
    expect(getActiveDoNotDisturb(null, doNotDisturbSchedule, friday)).toEqual({
      until: on(11, 8),
      isScheduled: true,
    });
  });

  test('of a schedule without a gap never comes', () => {
    const always = Array.from({ length: 7 }, () => hours(0, 0));
    expect(getActiveDoNotDisturb(null, always, on(5, 12))).toEqual({
      until: null,
      isScheduled: true,
    });
  });

  test('set by hand is that of a schedule that is on by then', () => {
    expect(getActiveDoNotDisturb(on(5, 18, 30), doNotDisturbSchedule, on(5, 17, 30))).toEqual({
      until: on(6, 8),
      isScheduled: false,
    });
    expect(getActiveDoNotDisturb(on(5, 17), doNotDisturbSchedule, on(5, 16))?.until).toBe(
      on(5, 17),
    );
  });

  test('comes at once while the schedule is suspended', () => {
    const evening = on(5, 19);
    const end = getSuspensionEnd(doNotDisturbSchedule, evening);
    expect(end).toBe(on(6, 8));
    expect(getActiveDoNotDisturb(null, doNotDisturbSchedule, evening, end)).toBeNull();
    expect(getActiveDoNotDisturb(null, doNotDisturbSchedule, on(6, 18), end)).not.toBeNull();
    expect(getActiveDoNotDisturb(on(5, 20), doNotDisturbSchedule, evening, end)?.until).toBe(
      on(5, 20),
    );
  });

  test('suspended in the early morning, also spares the evening', () => {
    expect(getSuspensionEnd(doNotDisturbSchedule, on(5, 7))).toBe(on(6, 8));
    expect(getSuspensionEnd(only(2, hours(6, 9)), on(5, 7))).toBe(on(6, 0));
  });

  test('is never before now, and the first instant without it', () => {
    const minute = fc.integer({ min: 0, max: 1439 });
    const period = fc.option(fc.record({ from: minute, to: minute }));
    fc.assert(
      fc.property(
        fc.array(period, { minLength: 7, maxLength: 7 }),
        fc.integer({ min: on(4, 0), max: on(20, 0) }),
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
