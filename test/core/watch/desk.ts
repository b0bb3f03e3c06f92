/** A desk with a screen and a call log: drives the rules as the app does, without the app. */
import type { Alert, Trouble } from '../../../src/core/alert';
import type { LogEntry } from '../../../src/core/log-entry';
import type { Mark } from '../../../src/core/mark';
import type { Rules } from '../../../src/core/rules';
import type { RawFields, Session } from '../../../src/core/session';
import { compareSnapshots } from '../../../src/core/compare';
import { decodeAnswer } from '../../../src/core/decode';
import { decide, type Effect, type Input } from '../../../src/core/watch/decide';
import type { Me } from '../../../src/core/watch/follow';
import { fromSaved, toSaved } from '../../../src/core/watch/saved';
import {
  listedIds,
  NEW_WATCH,
  takenUpAgain,
  wantedLookUps,
  type Watch,
} from '../../../src/core/watch/watch';
import { ALL_RULES, MINUTE, onTheWire, SECOND, type Wish } from '../build';

/** Somebody's desk at work. */
export class Desk {
  watch: Watch = NEW_WATCH;
  rules: Rules = ALL_RULES;
  me: Me = { id: 'U-1', name: 'Ada Lovelace' };
  now: Mark = { wall: Date.UTC(2024, 2, 1, 9), steady: 0, run: 'run 1' };
  /** What is on the screen, by key. */
  readonly screen = new Map<string, Alert>();
  /** The call log, by session. */
  readonly log = new Map<string, LogEntry>();
  /** Everything that was ever raised, in order. */
  readonly raised: Alert[] = [];
  #known: ReadonlyMap<string, Session | undefined> = new Map();
  #runs = 1;

  /** The server answers with these sessions, as tests wish them. */
  polls(...sessions: readonly Wish[]): readonly Effect[] {
    return this.answers(sessions.map(onTheWire));
  }

  /** The server answers with these sessions, as it writes them. */
  answers(sessions: readonly RawFields[]): readonly Effect[] {
    const known = new Map([...this.#known].filter(isAtHand));
    const decoded = decodeAnswer({ sessions }, known);
    if (!decoded.ok) throw new Error('no answer');
    const next = new Map(decoded.sessions.map((session) => [session.id, session]));
    const changes = compareSnapshots(this.#known, next);
    this.#known = next;
    return this.take({ kind: 'answer', changes });
  }

  fails(trouble: Trouble = 'offline'): readonly Effect[] {
    return this.take({ kind: 'failure', trouble });
  }

  /** The server says what it knows of the sessions that are asked for; `null`: it will not. */
  looksUp(found: readonly RawFields[] | null, asked = this.asks): readonly Effect[] {
    const decoded = found && decodeAnswer({ items: found });
    const sessions = decoded?.ok === true ? decoded.sessions : null;
    return this.take({ kind: 'looked-up', asked, found: sessions });
  }

  looks(...ids: readonly string[]): readonly Effect[] {
    return this.take({ kind: 'seen', ids });
  }

  /** Time goes by, and the rules are asked what they make of it. */
  waits(ms: number): readonly Effect[] {
    this.passes(ms);
    return this.take({ kind: 'time' });
  }

  /** Time goes by unnoticed. */
  passes(ms: number): void {
    this.now = { ...this.now, wall: this.now.wall + ms, steady: this.now.steady + ms };
  }

  /** Somebody sets the clock. */
  setsClock(ms: number): void {
    this.now = { ...this.now, wall: this.now.wall + ms };
  }

  /** The machine sleeps, and its steady clock with it. */
  sleeps(ms: number): void {
    this.setsClock(ms);
  }

  /** The app ends in whatever way and starts again `ms` later with what it saved. */
  restarts(ms = SECOND): void {
    const read = fromSaved(JSON.parse(JSON.stringify(toSaved(this.watch))));
    if (!read.ok) throw new Error('the watch cannot be read back');
    this.watch = takenUpAgain(read.watch);
    this.#known = new Map(listedIds(this.watch).map((id) => [id, undefined]));
    this.#runs += 1;
    this.now = { wall: this.now.wall + ms, steady: 0, run: `run ${this.#runs}` };
    this.screen.clear();
  }

  setsRules(change: Partial<Rules>): readonly Effect[] {
    this.rules = { ...this.rules, ...change };
    return this.take({ kind: 'time' });
  }

  /** Polls like these for so long that no ring can return as the same one. */
  pollsOn(...sessions: readonly Wish[]): void {
    for (let ms = 0; ms < MINUTE / 2; ms += 2 * SECOND) {
      this.passes(2 * SECOND);
      this.polls(...sessions);
    }
  }

  /** Sessions that the server is to be asked about. */
  get asks(): readonly string[] {
    return wantedLookUps(this.watch);
  }

  /** The alerts on the screen, without their keys. */
  get shows(): readonly Alert[] {
    return [...this.screen.values()];
  }

  take(input: Input): readonly Effect[] {
    const { watch, effects } = decide(this.watch, input, this.rules, this.me, this.now);
    this.watch = watch;
    for (const effect of effects) this.#apply(effect);
    return effects;
  }

  #apply(effect: Effect): void {
    switch (effect.kind) {
      case 'raise':
        this.screen.set(effect.alert.key, effect.alert);
        this.raised.push(effect.alert);
        break;
      case 'update':
        this.screen.set(effect.alert.key, effect.alert);
        break;
      case 'withdraw':
        this.screen.delete(effect.alert.key);
        break;
      case 'log':
        this.log.set(effect.entry.facts.id, effect.entry);
        break;
    }
  }
}

function isAtHand(entry: readonly [string, Session | undefined]): entry is [string, Session] {
  return entry[1] !== undefined;
}
