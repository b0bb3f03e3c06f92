/**
 * Ringside as it is, driven through a week of work on a clock that runs as fast as it can: its real
 * spine, line, rules, files, notifier, tray, feed and log, between a phone system with calls of
 * every kind and faults of every kind, and somebody who looks, clicks and goes home at night. Only
 * Electron's own objects are stand-ins.
 *
 * `npm run test:week` plays one that is busier, and asks the server as often as the app does.
 */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { HOUR, LOG_DAYS, Week, type Day } from './week';

vi.mock('electron', () => import('./electron'));

/** Errors that Ringside tells in its log, and whatever else is told to the terminal as one. */
const logged = vi.spyOn(console, 'error').mockReturnValue();

// What writes the log looks for an Electron of its own, and would tell nobody that it found none.
vi.mock('electron-log/main', () => ({
  default: {
    transports: { file: {}, console: {} },
    hooks: [],
    info: () => undefined,
    error: (...parts: readonly unknown[]) => {
      console.error(...parts);
    },
  },
}));

vi.mock('electron-store', () => import('../store/electron-store'));

// A desktop that never fails, and that no program needs to be started for to ask.
vi.mock('../../../src/main/desktop/session-bus', () => ({
  desktopAbilities: () => Promise.resolve({ readsMarkup: true, tray: true }),
  hasTray: () => Promise.resolve(true),
  notificationService: () => Promise.resolve(':1.7'),
}));

const isLong = process.env['RINGSIDE_WEEK'] === 'busy';
const PACE = isLong ? { gap: 45_000, pollSeconds: 2 } : { gap: 180_000, pollSeconds: 15 };
const DAYS = 7;

const MIB = 1024 * 1024;
/** How much more of the heap may be in use on the last night than on the second, in bytes. */
const GROWTH = 4 * MIB;
/** What all files of the profile may come to: four times what such a log needs. */
const MOST_BYTES = (isLong ? 16 : 4) * MIB;

const days: Day[] = [];
const warnings: Error[] = [];

describe('in a week of work', () => {
  beforeAll(async () => {
    process.on('warning', warned);
    const week = new Week(PACE);
    try {
      await week.begin();
      for (let day = 1; day <= DAYS; day += 1) days.push(await week.day());
    } finally {
      week.end();
    }
    if (isLong) console.table(days.map(figures));
  }, 30 * 60_000);

  afterAll(() => {
    process.off('warning', warned);
  });

  test('every day has its calls, its faults, and its looks at the window', () => {
    for (const { calls, faults, looks, polls, notifications, pops } of days) {
      expect(calls).toBeGreaterThan(100);
      expect(faults).toBeGreaterThan(3);
      expect(looks).toBeGreaterThan(10);
      expect(polls).toBeGreaterThan(2_000);
      expect(notifications).toBeGreaterThan(50);
      expect(pops).toBeGreaterThan(10);
    }
  });

  test('Ringside is connected every night, whatever the day was like', () => {
    expect(days.map(({ night }) => night.isLive)).toEqual(days.map(() => true));
  });

  test('nothing happens that nobody thought of', () => {
    expect(logged.mock.calls).toEqual([]);
    expect(warnings).toEqual([]);
    expect(days.map(({ saw }) => saw.notices)).toEqual(days.map(() => 0));
  });

  test('no timer, listener, request, window, notification or call outlives its day', () => {
    for (const { night } of days) {
      expect(night.standing).toMatchObject({ requests: 0, windows: 0, notifications: 0 });
      expect(night.standing).toMatchObject({ calls: 0, waiting: 0, shortcuts: 0 });
      expect(night.standing.timers).toBe(first().standing.timers);
      expect(night.standing.listeners).toEqual(first().standing.listeners);
      expect(night.standing.files).toEqual([
        'accounts/…/watch.json',
        'calls.jsonl',
        'settings.json',
      ]);
      // A collector may leave the last one of a kind for later.
      expect(Math.max(...Object.values(night.standing.held))).toBeLessThanOrEqual(1);
    }
    // The poll, and what prunes the log.
    expect(first().standing.timers).toBe(2);
  });

  test('no handle is left open', () => {
    const counts = days.map(({ night }) => night.handles);
    expect(Math.max(...counts)).toBeLessThanOrEqual(first().handles + 1);
  });

  test('the log forgets what is older than it is told to keep, while the app runs on', () => {
    for (const { saw } of days) expect(saw.age).toBeLessThan(LOG_DAYS * 24 * HOUR + 2 * HOUR);
    expect(last().saw.entries).toBeLessThan(3 * Math.max(...days.map(({ calls }) => calls)));
  });

  test('what is on the screen, and what is remembered of misses, stays within its bounds', () => {
    for (const { night } of days) {
      expect(night.open).toBeLessThanOrEqual(50);
      expect(night.images).toBeLessThanOrEqual(60);
      expect(night.bytes).toBeLessThan(MOST_BYTES);
    }
    const calls = days.reduce((sum, day) => sum + day.calls, 0);
    expect(last().told).toBeLessThan(calls);
  });

  test('the heap does not grow', () => {
    const second = days[1]?.night.heap ?? 0;
    expect(last().heap - second).toBeLessThan(GROWTH);
  });
});

function warned(warning: Error): void {
  warnings.push(warning);
}

function first(): Day['night'] & Day {
  const [day] = days;
  if (!day) throw new Error('there was no day');
  return { ...day, ...day.night };
}

function last(): Day['night'] & Day {
  const day = days.at(-1);
  if (!day) throw new Error('there was no day');
  return { ...day, ...day.night };
}

function figures({ saw, night, ...counts }: Day) {
  const { heap, handles, told, open, bytes } = night;
  return { ...counts, entries: saw.entries, told, open, handles, bytes, heap };
}
