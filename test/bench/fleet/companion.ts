import { nextPollDelay, type Pace } from '../../../src/core/cadence';
import { seededRandom, type Chance } from './chance';
import type { Shift } from './day';

/** Seconds. */
const MINUTE = 60;
const HOUR = 60 * MINUTE;
/** How long an answer takes from a server on the internet, in seconds. */
const ROUND_TRIP = 0.08;
/** The interval that nobody has changed, in ms. */
const INTERVAL = 2_000;

/** What a server sees: when it does not answer, and each request that reaches it or would. */
export interface Server {
  /** Seconds of the day. */
  readonly downFrom: number;
  readonly downUntil: number;
  readonly asked: (second: number) => void;
}

/**
 * One companion from one second of the day to another, request by request, paced by the very code
 * that paces Ringside. Calls ring, wait in the queue and are dialled; the window is looked at now
 * and then; the screen is locked in breaks and after work.
 */
export function runCompanion(
  shift: Shift,
  seed: number,
  [from, until]: readonly [number, number],
  server: Server,
): void {
  const chance = seededRandom(seed);
  const pace: { -readonly [Field in keyof Pace]: Pace[Field] } = {
    interval: INTERVAL,
    urgent: false,
    windowVisible: false,
    locked: false,
    failures: 0,
    retryAfter: undefined,
  };
  const life = new Life(shift, chance, from);
  // Nobody knows which part of its interval a companion is in.
  let now = from + 2 * chance.part();
  while (now < until) {
    if (!life.runsAt(now)) {
      now = life.nextStart(now);
      continue;
    }
    server.asked(now);
    const isDown = now >= server.downFrom && now < server.downUntil;
    pace.failures = isDown ? pace.failures + 1 : 0;
    life.look(now, pace);
    now += ROUND_TRIP + nextPollDelay(pace, chance.part()) / 1_000;
  }
}

/** What happens around one companion in the course of a day. */
class Life {
  readonly #shift: Shift;
  readonly #chance: Chance;
  #nextCall: number;
  #urgentUntil = -1;
  #nextLook: number;
  #visibleUntil = -1;
  #nextBreak: number;
  #lockedUntil = -1;

  constructor(shift: Shift, chance: Chance, from: number) {
    this.#shift = shift;
    this.#chance = chance;
    this.#nextCall = from + chance.wait(HOUR / shift.callsAt(from));
    this.#nextLook = from + chance.wait(HOUR / shift.looks);
    this.#nextBreak = from + chance.wait(HOUR / shift.breaks);
  }

  runsAt(now: number): boolean {
    return this.#shift.leavesOn || this.#shift.worksAt(now);
  }

  nextStart(now: number): number {
    return this.#shift.nextStart(now);
  }

  /** Brings everything up to now, and says how things stand. */
  look(now: number, pace: { urgent: boolean; windowVisible: boolean; locked: boolean }): void {
    const { callsAt, looks, breaks, worksAt } = this.#shift;
    const chance = this.#chance;
    while (this.#nextCall <= now) {
      this.#urgentUntil = Math.max(this.#urgentUntil, this.#nextCall + chance.callLength());
      this.#nextCall += chance.wait(HOUR / callsAt(this.#nextCall));
    }
    while (this.#nextLook <= now) {
      this.#visibleUntil = this.#nextLook + chance.wait(0.5 * MINUTE);
      this.#nextLook += chance.wait(HOUR / looks);
    }
    while (this.#nextBreak <= now) {
      this.#lockedUntil = this.#nextBreak + chance.wait(12 * MINUTE);
      this.#nextBreak += chance.wait(HOUR / breaks);
    }
    const works = worksAt(now);
    pace.urgent = works && now < this.#urgentUntil;
    pace.locked = !works || now < this.#lockedUntil || this.#shift.eatsAt(now);
    pace.windowVisible = !pace.locked && now < this.#visibleUntil;
  }
}
