import { formatNoDate, DATE_FORMATS } from '../dates';
import type { Random } from '../random';
import type { SessionStore } from '../session-store';
import type { Message, Voicemails } from '../voicemails';
import { CUSTOMERS } from './customers';
import { CALLERS, type Caller } from './people';
import { STORYLINES, type Step, type Storyline } from './storylines';
import { NIGHT_BEFORE, OPENING, OPENING_SECONDS, type CallPlan } from './timeline';

/** The most sessions that the scenario has active at a time. */
export const MAX_SESSIONS = 9;

/** The user can only be in one call, so the storylines without them come twice in a round. */
const ROUND = [
  ...STORYLINES,
  ...STORYLINES.filter(({ needsUser, count = 1 }) => needsUser !== true && count === 1),
];

/** It takes a caller this long to leave a message. */
const MESSAGE_DELAY_SECONDS = 9;

interface PlannedEvent {
  readonly second: number;
  readonly run: (second: number) => void;
}

interface PlayingStoryline {
  readonly storyline?: Storyline;
  readonly caller?: Caller;
  readonly endsAt: number;
}

/**
 * A busy workday: a fixed opening, then storylines in random order, several at a time. The same
 * seed gives the same day, regardless of how often the scenario is advanced. It is timed in seconds
 * since the server started.
 */
export class Scenario {
  readonly #released = new Set<string>();
  readonly #events: PlannedEvent[] = [];
  #playing: PlayingStoryline[] = [];
  #round: Storyline[] = [];
  #callers: Caller[] = [];

  constructor(
    private readonly store: SessionStore,
    private readonly voicemails: Voicemails,
    private readonly random: Random,
    private readonly toTime: (second: number) => number,
  ) {
    for (const { startsAt, ...plan } of OPENING) {
      this.#playing.push({ endsAt: this.#scheduleCall(plan, startsAt) });
    }
    this.#schedule(-Infinity, () => {
      this.#addNightBefore();
    });
    this.#schedule(OPENING_SECONDS, (second) => {
      this.#startNextStoryline(second);
    });
  }

  /** Plays everything up to and including this second. */
  advanceTo(second: number): void {
    for (let [next] = this.#events; next && next.second <= second; [next] = this.#events) {
      this.#events.shift();
      next.run(next.second);
    }
  }

  /** Stops changing a session, because it is controlled by hand from now on. */
  release(id: string): void {
    this.#released.add(id);
  }

  #schedule(second: number, run: PlannedEvent['run']): void {
    const index = this.#events.findIndex((event) => event.second > second);
    this.#events.splice(index < 0 ? this.#events.length : index, 0, { second, run });
  }

  /** Schedules a session and returns the second at which it leaves the list. */
  #scheduleCall({ start, steps, ...plan }: CallPlan, startsAt: number): number {
    const { between, chance, pick } = this.random;
    const dateFormat = chance(0.7) ? 'iso7' : pick(DATE_FORMATS);
    const fields = chance(0.2) ? { dateCompleted: formatNoDate(dateFormat) } : {};
    let id = '';
    let second = startsAt;
    const schedule = (change: (at: number) => void): void => {
      this.#schedule(second, (current) => {
        if (!this.#released.has(id)) change(this.toTime(current));
      });
    };
    schedule((at) => {
      id = this.store.add(start, { at, dateFormat, fields });
    });
    for (const { seconds, update } of steps) {
      second += this.#pickSeconds(seconds);
      schedule((at) => {
        this.store.update(id, update, at);
      });
    }
    const { message } = plan;
    if (message) {
      this.#schedule(second + MESSAGE_DELAY_SECONDS, (current) => {
        this.#leaveMessage(id, message, this.toTime(current));
      });
    }
    second += plan.listedFor ?? (chance(0.5) ? between(4, 8) : 0);
    schedule((at) => {
      this.store.removeAt(id, at);
    });
    return second;
  }

  /** Starts the next storyline of the round that fits, and schedules the one after it. */
  #startNextStoryline(second: number): void {
    this.#playing = this.#playing.filter(({ endsAt }) => endsAt > second);
    if (this.#round.length === 0) this.#round = this.random.shuffle(ROUND);
    const index = this.#round.findIndex((storyline) => this.#hasRoomFor(storyline));
    const [storyline] = index < 0 ? [] : this.#round.splice(index, 1);
    if (storyline !== undefined) this.#play(storyline, second);
    const pause = storyline === undefined ? 1 : this.random.between(3, 14);
    this.#schedule(second + pause, (next) => {
      this.#startNextStoryline(next);
    });
  }

  #play(storyline: Storyline, second: number): void {
    for (let call = 0; call < (storyline.count ?? 1); call += 1) {
      const caller = storyline.caller ?? this.#nextCaller();
      const start = storyline.start({ caller, customer: this.random.pick(CUSTOMERS) });
      const endsAt = this.#scheduleCall({ ...storyline, start }, second + call * 0.3);
      this.#playing.push({ storyline, caller, endsAt });
    }
  }

  #hasRoomFor(storyline: Storyline): boolean {
    const playing = this.#playing.map((entry) => entry.storyline);
    return (
      playing.length + (storyline.count ?? 1) <= MAX_SESSIONS &&
      !playing.includes(storyline) &&
      !(storyline.needsUser && playing.some((other) => other?.needsUser))
    );
  }

  /** Returns a caller who isn't in a call. Almost everyone calls before anyone calls again. */
  #nextCaller(): Caller {
    const busy = this.#playing.map(({ caller }) => caller);
    const index = this.#callers.findIndex((caller) => !busy.includes(caller));
    const [caller] = index < 0 ? [] : this.#callers.splice(index, 1);
    if (caller !== undefined) return caller;
    this.#callers = this.random.shuffle(CALLERS);
    return this.#nextCaller();
  }

  #pickSeconds(seconds: Step['seconds']): number {
    return typeof seconds === 'number' ? seconds : this.random.between(...seconds);
  }

  /** Adds calls that are over. Their times are real ones, at any speed. */
  #addNightBefore(): void {
    const now = this.toTime(0);
    for (const [minutesAgo, { start, steps, message }] of NIGHT_BEFORE) {
      let at = now - minutesAgo * 60_000;
      const id = this.store.add(start, { at });
      for (const { seconds, update } of steps) {
        at += this.#pickSeconds(seconds) * 1000;
        this.store.update(id, update, at);
      }
      this.store.removeAt(id, at);
      if (message) this.#leaveMessage(id, message, at + MESSAGE_DELAY_SECONDS * 1000);
    }
    this.store.advanceTo(now);
  }

  #leaveMessage(id: string, message: Message, at: number): void {
    const session = this.store.all.find((one) => one.id === id);
    if (session) this.voicemails.add(session, message, at);
  }
}
