/** Times the rules on answers of many sizes; runs by itself on the Node within Electron. */
import { compareSnapshots } from '../../../src/core/compare';
import { decodeAnswer } from '../../../src/core/decode';
import type { Rules } from '../../../src/core/rules';
import type { Session } from '../../../src/core/session';
import { decide } from '../../../src/core/watch/decide';
import { NEW_WATCH } from '../../../src/core/watch/watch';
import { talking } from '../desk/calls';

const SIZES = [1, 10, 100, 1_000, 10_000];
const NONE: ReadonlyMap<string, Session> = new Map();
const RULES: Rules = {
  ringing: true,
  missed: true,
  holdLimit: 120_000,
  trouble: true,
  muted: { channels: [], customers: [], endpoints: [] },
  silent: false,
};
const NOBODY = { id: undefined, name: undefined };
const NOW = { wall: Date.UTC(2026, 2, 3, 9, 30), steady: 0, run: 'bench' };

/** Ms for one size: reading the JSON alone, and all that is decided about what it says. */
interface Timed {
  readonly sessions: number;
  readonly parse: readonly number[];
  readonly rules: readonly number[];
}

/** Rounds whose times do not count, of an answer of a middling size. */
const WARMING = 10;

const rounds = Number(process.argv[2]);
// Ringside runs all day: what the engine compiles within its first seconds is compiled by then,
// and no size is measured before it just because it comes first.
timed(100, WARMING);
process.stdout.write(JSON.stringify(SIZES.map((sessions) => timed(sessions, rounds))));

function timed(sessions: number, rounds: number): Timed {
  const text = JSON.stringify({ sessions: talking(sessions) });
  // So often that a clock of microseconds is fine enough.
  const times = Math.max(1, Math.round(1_000 / sessions));
  const parse: number[] = [];
  const rules: number[] = [];
  for (let round = -3; round < rounds; round += 1) {
    const answers = Array.from({ length: times }, (): unknown => undefined);
    const parsing = clocked(() => {
      for (let at = 0; at < times; at += 1) answers[at] = JSON.parse(text);
    });
    const deciding = clocked(() => {
      for (const answer of answers) decideOn(answer);
    });
    // The first rounds warm up.
    if (round < 0) continue;
    parse.push(parsing / times);
    rules.push(deciding / times);
  }
  return { sessions, parse, rules };
}

/** Decode, compare and decide, as for an answer of which nothing was known before. */
function decideOn(json: unknown): void {
  const decoded = decodeAnswer(json);
  if (!decoded.ok) throw new Error('the answer is none');
  const next = new Map(decoded.sessions.map((session) => [session.id, session]));
  const changes = compareSnapshots(NONE, next);
  decide(NEW_WATCH, { kind: 'answer', changes, serverAhead: 0 }, RULES, NOBODY, NOW);
}

/**
 * Ms of processor time, that of collecting garbage on other threads included: what else runs on the
 * machine takes turns with both sides, and by the clock on the wall it would fall on one of them.
 */
function clocked(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
