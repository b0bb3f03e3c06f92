/**
 * Simulates what many Ringsides request from a server in its busiest hour, with the code that
 * determines the polling interval. The rates are assumptions about a reception.
 */
import { computePollDelayMs } from '../../src/core/poll-interval';
import { createRandom } from '../../src/demo/random';
import { formatTable, type Row } from './report';

const APPS = 10_000;
/** Times are in seconds. */
const HOUR = 3_600;
const WARM_UP = 120;
const OUTAGE = 300;
const ROUND_TRIP = 0.08;
/** How often and how long each app sees ringing calls, shows its window and is locked. */
const ACTIVITIES = [
  { name: 'isUrgent', perHour: 32, length: 16 },
  { name: 'isWindowVisible', perHour: 6, length: 30 },
  { name: 'isScreenLocked', perHour: 0.6, length: 720 },
] as const;

/** Returns the number of requests in each second; the server is down between these seconds. */
function simulate(seconds: number, [downFrom, downUntil]: readonly [number, number]): number[] {
  const requests = Array.from({ length: seconds }, () => 0);
  for (let app = 0; app < APPS; app += 1) {
    const { between } = createRandom(app * 7919);
    const wait = (mean: number): number => -Math.log(1 - between(0, 1)) * mean;
    const input = {
      ...{ isUrgent: false, isWindowVisible: false, isScreenLocked: false },
      ...{ intervalMs: 2_000, failureCount: 0, retryAfterMs: undefined },
    };
    const activities = ACTIVITIES.map((activity) => {
      const pause = HOUR / activity.perHour;
      return { ...activity, pause, next: wait(pause), until: 0 };
    });
    for (let now = between(0, 2); now < seconds;) {
      requests[Math.floor(now)] = (requests[Math.floor(now)] ?? 0) + 1;
      input.failureCount = now >= downFrom && now < downUntil ? input.failureCount + 1 : 0;
      for (const activity of activities) {
        for (; activity.next <= now; activity.next += wait(activity.pause)) {
          activity.until = Math.max(activity.until, activity.next + wait(activity.length));
        }
        input[activity.name] = now < activity.until;
      }
      now += ROUND_TRIP + computePollDelayMs(input, between(0, 1)) / 1_000;
    }
  }
  return requests;
}

/** Runs the simulation and returns its results as a table. */
export function simulateFleet(): string {
  const steady = simulate(WARM_UP + HOUR, [Infinity, Infinity]).slice(WARM_UP);
  const mean = steady.reduce((sum, count) => sum + count, 0) / steady.length;
  const end = WARM_UP + OUTAGE;
  const recovery = simulate(end + 60, [WARM_UP, end]).slice(end);
  const row = (name: string, value: number, max: number): Row => ({
    name,
    unit: '×',
    values: [value],
    aim: { of: 'maximum', max },
  });
  return formatTable([
    row('requests of 10,000 apps, relative to polling every second', mean / APPS, 0.55),
    row('busiest second of an hour, relative to the mean', Math.max(...steady) / mean, 1.1),
    row('busiest second after an outage, relative to the mean', Math.max(...recovery) / mean, 2),
  ]);
}
