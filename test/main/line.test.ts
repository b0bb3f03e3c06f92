import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Input } from '../../src/core/watch/decide';
import type { Connection, Fault } from '../../src/shared/state';
import type { Identity, Problem, Result } from '../../src/main/api/evo-voice';
import { Line, type LineNeeds } from '../../src/main/line';
import type { Turn } from '../../src/main/spine';
import { HandTimers, settled } from './hand-timers';

const GOOD: Turn = { ok: true };
const SIGNED_OUT = bad({ kind: 'signed-out', message: undefined });
const MAYA: Identity = { id: 'u-1', name: 'Maya Kent', roles: ['User'] };
const RESET: Fault = { kind: 'refused', code: 'ERR_CONNECTION_RESET' };

let world: World;

beforeEach(() => {
  world = new World();
});

describe('a line that works', () => {
  test('polls at once, and then at its pace', async () => {
    const { line, timers } = world.line();
    line.start();
    await settled();
    expect(world.polls).toBe(1);
    await timers.passes(1_999);
    expect(world.polls).toBe(1);
    await timers.passes(1);
    expect(world.polls).toBe(2);
    await timers.passes(20_000);
    expect(world.polls).toBe(12);
  });

  test('takes up another pace with the next wait', async () => {
    const { line, timers } = world.line();
    line.start();
    await timers.passes(2_000);
    world.pace.urgent = true;
    await timers.passes(2_000);
    expect(timers.delays).toEqual([1_000]);
    world.pace.urgent = false;
    world.pace.locked = true;
    await timers.passes(1_000);
    expect(timers.delays).toEqual([10_000]);
  });

  test('says that it is live, and says so again now and then', async () => {
    const { line, timers } = world.line();
    line.start();
    await timers.passes(60_000);
    expect(new Set(world.told.map(({ kind }) => kind))).toEqual(new Set(['live']));
    const moments = world.told.flatMap((told) => (told.kind === 'live' ? [told.answeredAt] : []));
    const steps = moments.slice(2).map((at, index) => at - (moments[index + 1] ?? 0));
    expect(steps).toEqual([10_000, 10_000, 10_000, 10_000, 10_000, 10_000]);
  });

  test('has one request under way, never two, whatever happens', async () => {
    const event = fc.constantFrom('poll', 'pause', 'resume', 'answer', 'fail', 'time');
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 60 }), async (events) => {
        const hard = new World();
        hard.answersByHand = true;
        const { line, timers } = hard.line();
        line.start();
        for (const one of events) {
          if (one === 'poll') line.pollNow();
          if (one === 'pause') line.pause();
          if (one === 'resume') line.resume();
          if (one === 'answer') hard.answer(GOOD);
          if (one === 'fail') hard.answer(bad(faulty(RESET)));
          if (one === 'time') await timers.passes(1_500);
          await settled();
        }
        expect(hard.mostAtOnce).toBeLessThanOrEqual(1);
        line.resume();
        hard.answersByHand = false;
        const before = hard.polls;
        hard.answer(GOOD);
        await timers.passes(70_000);
        expect(hard.polls).toBeGreaterThan(before);
      }),
      { numRuns: 200 },
    );
  });

  test('polls at once when it is asked to, and goes on from there', async () => {
    const { line, timers } = world.line();
    line.start();
    await timers.passes(500);
    line.pollNow();
    await settled();
    expect(world.polls).toBe(2);
    expect(timers.delays).toEqual([2_000]);
  });

  test('does not poll twice when it is asked while a request is under way', async () => {
    world.answersByHand = true;
    const { line } = world.line();
    line.start();
    line.pollNow();
    line.pollNow();
    await settled();
    expect(world.polls).toBe(1);
  });

  test('sends nothing more once it has ended', async () => {
    world.answersByHand = true;
    const { line, timers } = world.line();
    line.start();
    line.stop();
    world.answer(bad(faulty(RESET)));
    line.pollNow();
    line.resume();
    await timers.passes(120_000);
    expect(world.polls).toBe(1);
    expect(world.told).toEqual([]);
  });
});

describe('who is signed in', () => {
  test('is asked once, after the first answer', async () => {
    const { line, timers } = world.line();
    line.start();
    expect(line.me).toEqual({ id: undefined, name: undefined });
    await timers.passes(10_000);
    expect(world.whoAsked).toBe(1);
    expect(line.identity).toEqual(MAYA);
    expect(line.me).toEqual({ id: 'u-1', name: 'Maya Kent' });
  });

  test('is not asked for ever where the server will not say', async () => {
    world.who = { ok: true, value: null };
    const { line, timers } = world.line();
    line.start();
    await timers.passes(60_000);
    expect(world.whoAsked).toBe(3);
    expect(line.connection.kind).toBe('live');
  });
});

describe('while nothing comes back', () => {
  test.each([
    { kind: 'no-network', code: 'ERR_INTERNET_DISCONNECTED' },
    { kind: 'timeout', code: '15000 ms' },
    { kind: 'server-error', code: 'HTTP 503' },
    { kind: 'bad-answer', code: 'sessions' },
  ] as const)('the line says why, since when, and when it tries again: $kind', async (fault) => {
    const { line, timers } = world.line();
    line.start();
    await timers.passes(4_000);
    const answeredAt = timers.now;
    world.turns = [bad(faulty(fault))];
    await timers.passes(2_000);
    const since = timers.now;
    expect(line.connection).toEqual({
      kind: 'offline',
      answeredAt,
      since,
      retryAt: since + 1_000,
      fault,
    });
  });

  test('it waits twice as long each time, a minute at most', async () => {
    world.broken = bad(faulty(RESET));
    const { line, timers } = world.line();
    line.start();
    await settled();
    const delays: number[] = [];
    for (let count = 0; count < 9; count += 1) {
      const [delay = 0] = timers.delays;
      delays.push(delay);
      await timers.passes(delay);
    }
    const second = 1_000;
    expect(delays.map((ms) => ms / second)).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
  });

  test('it keeps the moment since when, through every kind of fault', async () => {
    const { line, timers } = world.line();
    line.start();
    const since = timers.now;
    world.broken = bad(faulty(RESET));
    await timers.passes(2_000);
    world.broken = bad(faulty({ kind: 'server-error', code: 'HTTP 500' }));
    await timers.passes(30_000);
    expect(line.connection).toMatchObject({
      kind: 'offline',
      since: since + 2_000,
      fault: { kind: 'server-error' },
    });
  });

  test('it recovers by itself, and is as quick as before', async () => {
    const { line, timers } = world.line();
    line.start();
    world.broken = bad(faulty(RESET));
    await timers.passes(10_000);
    world.broken = undefined;
    await timers.passes(60_000);
    expect(line.connection.kind).toBe('live');
    const before = world.polls;
    await timers.passes(20_000);
    expect(world.polls - before).toBe(10);
    world.turns = [bad(faulty(RESET))];
    await timers.passes(timers.delays[0] ?? 0);
    expect(timers.delays).toEqual([1_000]);
  });

  test.each([
    [7_000, 7_000],
    [0, 1_000],
    [24 * 3_600_000, 15 * 60_000],
  ])('a server that asks for %i ms gets %i', async (retryAfter, delay) => {
    world.broken = bad({ kind: 'fault', fault: RESET, retryAfter });
    world.random = 0;
    const { line, timers } = world.line();
    line.start();
    await settled();
    expect(timers.delays).toEqual([delay]);
  });

  test('a wish of the server is for one wait only', async () => {
    world.turns = [bad({ kind: 'fault', fault: RESET, retryAfter: 30_000 })];
    world.broken = bad(faulty(RESET));
    const { line, timers } = world.line();
    line.start();
    await settled();
    await timers.passes(timers.delays[0] ?? 0);
    expect(timers.delays).toEqual([2_000]);
  });

  test('the person may ask to try now, whatever the wait', async () => {
    world.turns = [bad({ kind: 'fault', fault: RESET, retryAfter: 600_000 })];
    const { line } = world.line();
    line.start();
    await settled();
    line.pollNow();
    await settled();
    expect(line.connection.kind).toBe('live');
  });

  test('a missing address is a bad answer', async () => {
    world.broken = bad({ kind: 'missing', status: 410 });
    const { line } = world.line();
    line.start();
    await settled();
    const fault = { kind: 'bad-answer', code: 'HTTP 410' };
    expect(line.connection).toMatchObject({ kind: 'offline', fault });
  });

  test('a login without the role is told which, and tried again ever more seldom', async () => {
    world.broken = bad({ kind: 'forbidden', role: 'User' });
    const { line, timers } = world.line();
    line.start();
    await settled();
    const retryAt = timers.now + 1_000;
    expect(line.connection).toEqual({ kind: 'forbidden', role: 'User', retryAt });
    await timers.passes(300_000);
    expect(timers.delays[0]).toBeGreaterThan(0);
    expect(world.polls).toBeLessThan(12);
    world.broken = undefined;
    await timers.passes(60_000);
    expect(line.connection.kind).toBe('live');
  });
});

describe('when the server has ended the sign-in', () => {
  test('the line signs in again once, with the remembered password, and goes on', async () => {
    world.turns = [GOOD, SIGNED_OUT];
    const { line, timers } = world.line();
    line.start();
    await timers.passes(10_000);
    expect(world.signIns).toEqual([['maya', 'ring-ring']]);
    expect(line.connection.kind).toBe('live');
    expect(world.told.map(({ kind }) => kind)).not.toContain('signed-out');
  });

  test('the person is asked where no password is remembered', async () => {
    world.broken = SIGNED_OUT;
    const { line, timers } = world.line({ password: undefined });
    line.start();
    await timers.passes(60_000);
    expect(world.signIns).toEqual([]);
    expect(world.polls).toBe(1);
    expect(line.connection).toEqual({ kind: 'signed-out', refused: { kind: 'expired' } });
    expect(world.taken).toEqual([{ kind: 'failure', trouble: 'sign-in' }]);
  });

  test('a refused password is forgotten and never sent again', async () => {
    world.broken = SIGNED_OUT;
    world.signInResults = [refusal('Invalid Username or Password')];
    const { line, timers } = world.line();
    line.start();
    await timers.passes(600_000);
    line.pollNow();
    line.pause();
    line.resume();
    await timers.passes(600_000);
    expect(world.signIns).toHaveLength(1);
    expect(world.forgotten).toBe(1);
    expect(world.polls).toBe(1);
    expect(line.connection).toEqual({
      kind: 'signed-out',
      refused: { kind: 'wrong-credentials', message: 'Invalid Username or Password' },
    });
  });

  test('a server that takes the password and still says no is not asked in a circle', async () => {
    world.broken = SIGNED_OUT;
    const { line, timers } = world.line();
    line.start();
    await timers.passes(600_000);
    expect(world.signIns).toHaveLength(1);
    expect(world.polls).toBe(2);
    expect(line.connection).toMatchObject({ kind: 'signed-out', refused: { kind: 'expired' } });
  });

  test('a sign-in that cannot reach the server is tried again, and counts as no connection', async () => {
    world.turns = [SIGNED_OUT, SIGNED_OUT];
    world.signInResults = [{ ok: false, problem: faulty(RESET) }];
    const { line, timers } = world.line();
    line.start();
    await settled();
    expect(line.connection).toMatchObject({ kind: 'offline', fault: RESET });
    expect(world.taken).toEqual([{ kind: 'failure', trouble: 'offline' }]);
    await timers.passes(1_000);
    expect(world.signIns).toHaveLength(2);
    expect(line.connection.kind).toBe('live');
  });

  test('a pause that the server asks for at the sign-in is kept', async () => {
    world.turns = [SIGNED_OUT];
    world.signInResults = [
      {
        ok: false,
        problem: {
          kind: 'fault',
          fault: { kind: 'too-many-requests', code: 'HTTP 429' },
          retryAfter: 90_000,
        },
      },
    ];
    world.random = 0;
    const { line, timers } = world.line();
    line.start();
    await settled();
    expect(timers.delays).toEqual([90_000]);
  });
});

describe('signing in', () => {
  test('comes first where the environment gave the words', async () => {
    const { line, timers } = world.line();
    line.startSigningIn();
    await timers.passes(4_000);
    expect(world.signIns).toHaveLength(1);
    expect(world.told.map(({ kind }) => kind)).toEqual(['signing-in', 'live', 'live']);
  });

  test('is tried again while the server cannot be reached', async () => {
    world.signInResults = [1, 2, 3].map(() => ({ ok: false, problem: faulty(RESET) }));
    const { line, timers } = world.line();
    line.startSigningIn();
    await timers.passes(6_999);
    expect(line.connection).toMatchObject({ kind: 'offline', answeredAt: null });
    expect(world.polls).toBe(0);
    await timers.passes(1);
    expect(world.signIns).toHaveLength(4);
    expect(line.connection.kind).toBe('live');
  });

  test('that the server refuses is not tried again', async () => {
    world.signInResults = [refusal('Locked out')];
    const { line, timers } = world.line();
    line.startSigningIn();
    await timers.passes(600_000);
    expect(world.signIns).toHaveLength(1);
    expect(world.polls).toBe(0);
    expect(line.connection).toMatchObject({ kind: 'signed-out' });
  });
});

describe('sleep', () => {
  test('sends nothing, and waking up polls at once', async () => {
    const { line, timers } = world.line();
    line.start();
    await settled();
    line.pause();
    await timers.passes(24 * 3_600_000);
    expect(world.polls).toBe(1);
    line.resume();
    await settled();
    expect(world.polls).toBe(2);
    await timers.passes(2_000);
    expect(world.polls).toBe(3);
  });

  test('waits for the request that it cut off, and then sends nothing', async () => {
    world.answersByHand = true;
    const { line, timers } = world.line();
    line.start();
    line.pause();
    world.answer(bad(faulty({ kind: 'no-network', code: 'ERR_NETWORK_IO_SUSPENDED' })));
    await timers.passes(3_600_000);
    expect(world.polls).toBe(1);
    world.answersByHand = false;
    line.resume();
    await settled();
    expect(line.connection.kind).toBe('live');
  });

  test('during which somebody asks to poll, is still sleep', async () => {
    const { line } = world.line();
    line.start();
    await settled();
    line.pause();
    line.pollNow();
    await settled();
    expect(world.polls).toBe(1);
  });

  test('does not wake a line that waits for the person', async () => {
    world.broken = SIGNED_OUT;
    const { line, timers } = world.line({ password: undefined });
    line.start();
    await settled();
    line.pause();
    line.resume();
    await timers.passes(60_000);
    expect(world.polls).toBe(1);
  });
});

describe('a bug of ours', () => {
  test('in a turn is reported, and does not end the polling', async () => {
    world.bugs = 1;
    const { line, timers } = world.line();
    line.start();
    await settled();
    expect(world.reported).toEqual([new Error('a bug')]);
    expect(line.connection).toMatchObject({
      kind: 'offline',
      fault: { kind: 'unexpected', code: 'internal' },
    });
    await timers.passes(1_000);
    expect(line.connection.kind).toBe('live');
  });

  test('in whoever is told does not end it either', async () => {
    const { line, timers } = world.line({
      onConnection: () => {
        throw new Error('the tray is gone');
      },
    });
    line.start();
    await timers.passes(10_000);
    expect(world.polls).toBeGreaterThan(2);
    expect(world.reported).toContainEqual(new Error('the tray is gone'));
  });

  test('in what decides the pace does not end it either', async () => {
    const { line, timers } = world.line({
      pace: () => {
        throw new Error('the window is gone');
      },
    });
    line.start();
    await timers.passes(60_000);
    expect(world.polls).toBeGreaterThan(2);
    expect(world.reported).toContainEqual(new Error('the window is gone'));
  });
});

/** The server, the clock and the listeners of one line. */
class World {
  readonly timers = new HandTimers();
  readonly pace = { interval: 2_000, urgent: false, windowVisible: false, locked: false };
  readonly told: Connection[] = [];
  readonly taken: Input[] = [];
  readonly reported: unknown[] = [];
  readonly signIns: [string, string][] = [];
  /** The next outcomes; then all is well, or `broken`. */
  turns: Turn[] = [];
  broken: Turn | undefined;
  signInResults: Result<null>[] = [];
  who: Result<Identity | null> = { ok: true, value: MAYA };
  random = 0.5;
  /** Turns that are to throw. */
  bugs = 0;
  answersByHand = false;
  polls = 0;
  whoAsked = 0;
  forgotten = 0;
  mostAtOnce = 0;
  #underWay: ((turn: Turn) => void)[] = [];

  line(changes: Partial<LineNeeds> = {}): { line: Line; timers: HandTimers } {
    const line = new Line({
      api: {
        signIn: (userName, password) => {
          this.signIns.push([userName, password]);
          return Promise.resolve(this.signInResults.shift() ?? { ok: true, value: null });
        },
        who: () => {
          this.whoAsked += 1;
          return Promise.resolve(this.who);
        },
        signOut: () => Promise.resolve({ ok: true, value: null }),
      },
      spine: {
        turn: () => this.#turn(),
        take: (input) => {
          this.taken.push(input);
        },
      },
      userName: 'maya',
      password: 'ring-ring',
      forgetPassword: () => {
        this.forgotten += 1;
      },
      pace: () => this.pace,
      random: () => this.random,
      now: () => this.timers.now,
      after: this.timers.after,
      onConnection: (connection) => {
        this.told.push(connection);
      },
      report: (error) => {
        this.reported.push(error);
      },
      ...changes,
    });
    return { line, timers: this.timers };
  }

  /** Answers what is under way, if anything. */
  answer(turn: Turn): void {
    this.#underWay.shift()?.(turn);
  }

  async #turn(): Promise<Turn> {
    this.polls += 1;
    if (this.bugs > 0) {
      this.bugs -= 1;
      throw new Error('a bug');
    }
    if (!this.answersByHand) return this.turns.shift() ?? this.broken ?? GOOD;
    return new Promise((resolve) => {
      this.#underWay.push(resolve);
      this.mostAtOnce = Math.max(this.mostAtOnce, this.#underWay.length);
    });
  }
}

function bad(problem: Problem): Turn {
  return { ok: false, problem };
}

function faulty(fault: Fault): Problem {
  return { kind: 'fault', fault, retryAfter: undefined };
}

function refusal(message: string): Result<null> {
  return { ok: false, problem: { kind: 'signed-out', message } };
}
