/** How much Ringside asks of the server that everybody shares, by the code that paces it. */
import { seededRandom } from './chance';
import { runCompanion } from './companion';
import { someShift } from './day';

const HOUR = 3_600;
const MINUTE = 60;
/** The hour in which the most companions are at work and the most calls come. */
const STEADY = [10 * HOUR, 11 * HOUR] as const;
/** What happens before a window is looked at, so that it begins in the middle of things. */
const RUN_UP = 2 * MINUTE;
const OUTAGE = 5 * MINUTE;
const NEVER = { downFrom: Infinity, downUntil: Infinity };

/** Requests of a fleet in each second of a part of the day. */
type Requests = Float64Array;

/** What the server sees of a fleet. */
export interface FleetReport {
  readonly companions: number;
  /** Requests per second in the steady hour. */
  readonly mean: number;
  readonly peakOverMean: number;
  /** The busiest second of the minute after an outage, over the steady hour's mean. */
  readonly afterOutage: number;
  /** Of what they would ask if each polled every second: in the steady hour, and all day long. */
  readonly ofEverySecond: number;
  readonly ofEverySecondAllDay: number | undefined;
}

/** Lets a fleet run through a steady hour, an outage and, where that is asked for, a whole day. */
export function reportOn(companions: number, wholeDay: boolean): FleetReport {
  const steady = requestsIn(companions, STEADY, NEVER);
  const mean = sum(steady) / steady.length;
  const downFrom = STEADY[0] + RUN_UP;
  const downUntil = downFrom + OUTAGE;
  const minute = [downUntil, downUntil + MINUTE] as const;
  const recovering = requestsIn(companions, minute, { downFrom, downUntil }, RUN_UP + OUTAGE);
  return {
    companions,
    mean,
    peakOverMean: Math.max(...steady) / mean,
    afterOutage: Math.max(...recovering) / mean,
    ofEverySecond: sum(steady) / runningSeconds(companions, STEADY),
    ofEverySecondAllDay: wholeDay ? shareOfDay(companions) : undefined,
  };
}

function shareOfDay(companions: number): number {
  const day = [0, 24 * HOUR] as const;
  return sum(requestsIn(companions, day, NEVER, 0)) / runningSeconds(companions, day);
}

function requestsIn(
  companions: number,
  [from, until]: readonly [number, number],
  outage: { readonly downFrom: number; readonly downUntil: number },
  runUp = RUN_UP,
): Requests {
  const requests = new Float64Array(until - from);
  const asked = (second: number): void => {
    const at = Math.floor(second) - from;
    if (at >= 0 && at < requests.length) requests[at] = (requests[at] ?? 0) + 1;
  };
  for (let companion = 0; companion < companions; companion += 1) {
    const shift = someShift(seededRandom(companion));
    const server = { ...outage, asked };
    runCompanion(shift, companions + companion, [from - runUp, until], server);
  }
  return requests;
}

/** Seconds that all companions run, together. */
function runningSeconds(companions: number, [from, until]: readonly [number, number]): number {
  let seconds = 0;
  for (let companion = 0; companion < companions; companion += 1) {
    const { leavesOn, worksAt } = someShift(seededRandom(companion));
    for (let at = from; at < until; at += MINUTE) if (leavesOn || worksAt(at)) seconds += MINUTE;
  }
  return seconds;
}

function sum(requests: Requests): number {
  return requests.reduce((total, one) => total + one, 0);
}
