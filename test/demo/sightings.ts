import { PlayClock } from '../../src/demo/clock';
import { seededRandom } from '../../src/demo/random';
import { Scenario } from '../../src/demo/scenario';
import { Switchboard } from '../../src/demo/switchboard';
import type { WireSession } from '../../src/demo/wire';

/** What a client that asks every second saw of one session. */
export interface Sighting {
  readonly seen: { readonly second: number; readonly session: WireSession }[];
  /** What a look-up told once it was gone. */
  after?: WireSession;
}

/** A stretch of a working day, watched from outside. */
export interface Watched {
  readonly sessions: ReadonlyMap<string, Sighting>;
  /** The list as it was at each second. */
  readonly lists: readonly (readonly WireSession[])[];
}

const MORNING = Date.UTC(2026, 2, 3, 9, 0);

/** The scenario alone, and a way to see its list at a second of the play. */
export function playOf(seed: number): {
  at(second: number): readonly WireSession[];
  board: Switchboard;
} {
  const clock = new PlayClock({ now: MORNING, speed: 1, running: true });
  const board = new Switchboard(seededRandom(seed + 1));
  const scenario = new Scenario(board, seededRandom(seed), (second) => clock.momentOf(second));
  return {
    board,
    at(second) {
      scenario.advanceTo(second);
      board.sweep(clock.momentOf(second));
      return board.listed();
    },
  };
}

/** Watches the scenario second by second. */
export function watch(seed: number, seconds: number): Watched {
  const play = playOf(seed);
  const sessions = new Map<string, Sighting>();
  const lists: (readonly WireSession[])[] = [];
  for (let second = 0; second <= seconds; second += 1) {
    const listed = play.at(second);
    for (const { id } of lists.at(-1) ?? []) {
      const sighting = sessions.get(id);
      if (!play.board.isListed(id) && sighting !== undefined) {
        const after = play.board.find(id);
        if (after !== undefined) sighting.after = after;
      }
    }
    for (const session of listed) {
      const sighting = sessions.get(session.id) ?? { seen: [] };
      sighting.seen.push({ second, session });
      sessions.set(session.id, sighting);
    }
    lists.push(listed);
  }
  return { sessions, lists };
}
