import type { Arrival } from './arrivals';
import { CALLERS, type Caller } from './callers';
import { CUSTOMERS } from './customers';
import { writeNoDate, type DateForm } from './dates';
import { OPENING, PLOTS } from './plots';
import type { Random } from './random';
import type { Call, Performance, Plot, Scene } from './scene';
import type { Switchboard } from './switchboard';

/** The most sessions the scenario has on the list at a time. */
export const MOST_LINES = 9;

/** When the opening hands over to the endless programme, in seconds. */
const OPENING_LASTS = 34;

/** What goes on while I talk has to come twice, for I can only talk to one caller at a time. */
const IN_THE_MEANTIME = PLOTS.filter(({ needsMe, lines }) => needsMe !== true && lines === 1);

const SELDOM_DATES: readonly DateForm[] = ['iso', 'isoOffset', 'isoBare', 'ticks', 'ticksOffset'];

interface OnStage {
  readonly plot: Pick<Plot, 'lines' | 'needsMe'>;
  readonly callers: ReadonlySet<Caller>;
  readonly performance: Performance;
  /** The second of the play at which it goes on. */
  resumesAt: number;
}

/**
 * A working day, compressed: plots follow each other in ever new order, several at a time. The
 * same seed gives the same day, however often and at whatever seconds it is looked at.
 */
export class Scenario {
  readonly #board: Switchboard;
  readonly #random: Random;
  readonly #momentOf: (second: number) => number;
  readonly #stage = new Set<OnStage>();
  #callers: Caller[] = [];
  #second: number;

  /** `momentOf` tells at which moment (milliseconds since 1970) a second of the play is. */
  constructor(board: Switchboard, random: Random, momentOf: (second: number) => number) {
    this.#board = board;
    this.#random = random;
    this.#momentOf = momentOf;
    for (const { at, plot } of OPENING) this.#enter(plot, at);
    this.#stage.add({
      plot: { lines: 0 },
      callers: new Set(),
      performance: this.#programme(),
      resumesAt: OPENING_LASTS,
    });
    this.#second = Math.min(...OPENING.map(({ at }) => at));
  }

  /** Plays everything up to and including the given second. */
  advanceTo(second: number): void {
    for (let next = this.#next(); next.resumesAt <= second; next = this.#next()) {
      this.#second = next.resumesAt;
      const { done, value } = next.performance.next();
      if (done === true) this.#stage.delete(next);
      else next.resumesAt += value;
    }
  }

  /** Every plot in an order of its own, then the next round. */
  *#programme(): Performance {
    for (;;) {
      const round = this.#random.shuffle([...PLOTS, ...IN_THE_MEANTIME]);
      const bustle = this.#random.between(0.7, 1.6);
      while (round.length > 0) {
        const fitting = round.findIndex((plot) => this.#hasRoomFor(plot));
        const [plot] = fitting < 0 ? [] : round.splice(fitting, 1);
        if (plot !== undefined) this.#enter(plot, this.#second);
        yield plot === undefined ? 1 : this.#random.between(3, 12) * bustle;
      }
    }
  }

  #enter(plot: Plot, at: number): void {
    const callers = new Set<Caller>();
    const performance = plot.play(this.#scene(callers));
    this.#stage.add({ plot, callers, performance, resumesAt: at });
  }

  #hasRoomFor(plot: Plot): boolean {
    const playing = [...this.#stage].map((entry) => entry.plot);
    const lines = playing.reduce((sum, other) => sum + other.lines, 0);
    const meFree = plot.needsMe !== true || !playing.some(({ needsMe }) => needsMe === true);
    return meFree && !playing.includes(plot) && lines + plot.lines <= MOST_LINES;
  }

  #next(): OnStage {
    return [...this.#stage].reduce((first, other) =>
      other.resumesAt < first.resumesAt ? other : first,
    );
  }

  /** `callers` collects who is on the line in this scene. */
  #scene(callers: Set<Caller>): Scene {
    return {
      random: this.#random,
      someone: (caller = this.#nextCaller(this.#onTheLine())) => {
        callers.add(caller);
        return { caller, customer: this.#random.pick(CUSTOMERS) };
      },
      opens: (arrival) => this.#opens(arrival),
    };
  }

  #onTheLine(): ReadonlySet<Caller> {
    return new Set([...this.#stage].flatMap(({ callers }) => [...callers]));
  }

  #opens(arrival: Arrival): Call {
    const dates = this.#someDates();
    const fields = this.#random.chance(0.2) ? { dateCompleted: writeNoDate(dates) } : {};
    const id = this.#board.open(arrival, { at: this.#moment(), dates, fields });
    return {
      happens: (event) => {
        this.#board.happen(id, event, this.#moment(), 'scenario');
      },
      leaves: () => {
        this.#board.dismiss(id, this.#moment(), 'scenario');
      },
    };
  }

  /** As good as everybody has called before anybody calls again; nobody is on two lines. */
  #nextCaller(busy: ReadonlySet<Caller>): Caller {
    const next = this.#callers.find((caller) => !busy.has(caller));
    if (next === undefined) {
      this.#callers = this.#random.shuffle(CALLERS);
      return this.#nextCaller(busy);
    }
    this.#callers = this.#callers.filter((caller) => caller !== next);
    return next;
  }

  #someDates(): DateForm {
    return this.#random.chance(0.7) ? 'iso7' : this.#random.pick(SELDOM_DATES);
  }

  #moment(): number {
    return this.#momentOf(this.#second);
  }
}
