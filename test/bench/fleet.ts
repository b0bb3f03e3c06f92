/**
 * Simulates what many Ringsides request from a server in its busiest hour, with the code that
 * determines the polling interval. The rates are assumptions about a reception.
 */
import { computePollDelayMs } from '../../src/core/poll-interval';
import { VoicemailSchedule } from '../../src/core/voicemail/voicemail-schedule';
import { createRandom } from '../../src/demo/random';
import { formatTable, type Row } from './report';

const APPS = 10_000;
/** Times are in seconds. */
const HOUR = 3_600;
const WARM_UP = 120;
const OUTAGE = 300;
const ROUND_TRIP = 0.08;
/** How often and how long each app sees ringing calls, shows its window, and is locked. */
const ACTIVITIES = [
  { name: 'isUrgent', perHour: 32, length: 16 },
  { name: 'isWindowVisible', perHour: 6, length: 30 },
  { name: 'isScreenLocked', perHour: 0.6, length: 720 },
] as const;

const MISSED_CALLS_PER_HOUR = 4;
/** Other requests of an app per hour. */
const CONTACTS_PER_HOUR = 1 / 4;
const RINGING_CHATS_PER_HOUR = 4;
/** A third of the time in which the window is visible, every 5 seconds. */
const OPEN_CHATS_PER_HOUR = (6 * 30) / 3 / 5;

interface Requests {
  /** Counts per second. */
  readonly polls: number[];
  readonly voicemail: number[];
}

/** Returns the numbers of requests; the server is down between these seconds. */
function simulate(seconds: number, [downFrom, downUntil]: readonly [number, number]): Requests {
  const polls = Array.from({ length: seconds }, () => 0);
  const voicemail = Array.from({ length: seconds }, () => 0);
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
    const schedule = new VoicemailSchedule();
    let missedAt = wait(HOUR / MISSED_CALLS_PER_HOUR);
    for (let now = between(0, 2); now < seconds;) {
      const second = Math.floor(now);
      polls[second] = (polls[second] ?? 0) + 1;
      input.failureCount = now >= downFrom && now < downUntil ? input.failureCount + 1 : 0;
      for (; missedAt <= now; missedAt += wait(HOUR / MISSED_CALLS_PER_HOUR)) {
        schedule.expectMessage(missedAt * 1_000);
      }
      if (input.failureCount === 0 && schedule.isDue(now * 1_000)) {
        voicemail[second] = (voicemail[second] ?? 0) + 1;
        schedule.startRequest(now * 1_000);
        schedule.endRequest((now + ROUND_TRIP) * 1_000, true, between(0, 1));
      }
      for (const activity of activities) {
        for (; activity.next <= now; activity.next += wait(activity.pause)) {
          activity.until = Math.max(activity.until, activity.next + wait(activity.length));
        }
        input[activity.name] = now < activity.until;
      }
      now += ROUND_TRIP + computePollDelayMs(input, between(0, 1)) / 1_000;
    }
  }
  return { polls, voicemail };
}

/** Runs the simulation and returns its results as a table. */
export function simulateFleet(): string {
  const steady = simulate(WARM_UP + HOUR, [Infinity, Infinity]);
  const polls = steady.polls.slice(WARM_UP);
  const mean = sum(polls) / polls.length;
  const voicemailMean = sum(steady.voicemail.slice(WARM_UP)) / polls.length;
  const othersPerHour = CONTACTS_PER_HOUR + RINGING_CHATS_PER_HOUR + OPEN_CHATS_PER_HOUR;
  const addedMean = voicemailMean + (APPS * othersPerHour) / HOUR;
  const end = WARM_UP + OUTAGE;
  const afterOutage = simulate(end + 60, [WARM_UP, end]);
  const recovery = afterOutage.polls
    .map((count, second) => count + (afterOutage.voicemail[second] ?? 0))
    .slice(end);
  const row = (name: string, value: number, max: number): Row => ({
    name,
    unit: '×',
    values: [value],
    target: { of: 'maximum', max },
  });
  return formatTable([
    row('requests of 10,000 apps, relative to polling every second', mean / APPS, 0.55),
    row('busiest second of an hour, relative to the mean', Math.max(...polls) / mean, 1.1),
    row('requests for voicemail, contacts, and chats, relative to polls', addedMean / mean, 0.05),
    row('busiest second after an outage, relative to the mean', Math.max(...recovery) / mean, 2),
  ]);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
