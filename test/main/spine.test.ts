import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Alert } from '../../src/core/alert';
import type { Mark } from '../../src/core/mark';
import { rulesOf, type Rules } from '../../src/core/rules';
import { DEFAULT_SETTINGS } from '../../src/core/settings';
import type { Effect } from '../../src/core/watch/decide';
import { NEW_WATCH, takenUpAgain, type Watch } from '../../src/core/watch/watch';
import * as decoding from '../../src/core/decode';
import { startDemoServer } from '../../src/demo/server';
import { EvoVoice } from '../../src/main/api/evo-voice';
import { Spine } from '../../src/main/spine';
import { markAt } from './builders';
import { nodeSend } from './node-send';

describe('one turn', () => {
  test('asks, decides and shows: a ringing call is raised once', async () => {
    const { server, spine, shown } = await aSpine();
    server.ring({ fromName: 'Grace Hopper' });
    expect(await spine.turn()).toEqual({ ok: true });
    expect(await spine.turn()).toEqual({ ok: true });
    expect(keys(shown, 'raise')).toHaveLength(1);
    expect(shown.raise[0]).toMatchObject({
      kind: 'ringing',
      facts: { party: { name: 'Grace Hopper' } },
    });
  });

  test('takes the alert down once the call no longer rings', async () => {
    const { server, spine, shown } = await aSpine();
    const id = server.ring();
    await spine.turn();
    server.answer(id);
    await spine.turn();
    expect(keys(shown, 'withdraw')).toEqual(keys(shown, 'raise'));
  });

  test('keeps what was decided before anything of it is shown', async () => {
    const order: string[] = [];
    const { server, spine } = await aSpine({
      keep: () => order.push('keep'),
      show: () => order.push('show'),
    });
    server.ring();
    await spine.turn();
    expect(order).toEqual(['keep', 'show']);
  });

  test('that comes back to an account that was left decides, keeps and shows nothing', async () => {
    const keep = vi.fn();
    const { server, spine, shown } = await aSpine({ keep });
    server.ring();
    const turn = spine.turn();
    spine.leave();
    await turn;
    expect(keep).not.toHaveBeenCalled();
    expect(keys(shown, 'raise')).toEqual([]);
  });

  test('shows nothing where there is nothing to show', async () => {
    const show = vi.fn();
    const { spine } = await aSpine({ show });
    await spine.turn();
    await spine.turn();
    expect(show).not.toHaveBeenCalled();
  });

  test('has the picture in the server’s order, and counts what it could not use', async () => {
    const { server, spine } = await aSpine();
    expect(spine.picture).toBeUndefined();
    server.fault({
      path: '/sessions/my',
      status: 200,
      body: { sessions: [{ id: '9' }, null, { id: '1' }, { id: '9' }, 7, { noId: true }] },
    });
    await spine.turn();
    expect([...(spine.picture?.sessions.keys() ?? [])]).toEqual(['9', '1']);
    expect(spine.picture?.setAside).toBe(4);
  });
});

describe('an answer whose bytes equal the last one', () => {
  test('is not decoded again', async () => {
    const decode = vi.spyOn(decoding, 'decodeAnswer');
    onTestFinished(() => {
      decode.mockRestore();
    });
    const { server, spine } = await aSpine();
    server.ring();
    await spine.turn();
    const { picture } = spine;
    decode.mockClear();
    await spine.turn();
    await spine.turn();
    expect(decode).not.toHaveBeenCalled();
    expect(spine.picture).toBe(picture);
    server.ring();
    await spine.turn();
    expect(decode).toHaveBeenCalledOnce();
  });

  test('still ends a failure', async () => {
    const { server, spine } = await aSpine();
    server.ring();
    await spine.turn();
    server.fault({ path: '/sessions/my', status: 503, times: 1 });
    await spine.turn();
    expect(spine.watch.failing).not.toBeNull();
    await spine.turn();
    expect(spine.watch.failing).toBeNull();
  });

  test('still lets time pass: a long hold alerts', async () => {
    const { server, spine, shown, clock } = await aSpine();
    const id = server.ring();
    server.answer(id);
    server.hold(id);
    await spine.turn();
    for (let second = 0; second < 126; second += 7) {
      clock.passes(7);
      await spine.turn();
    }
    expect(shown.raise.map(({ kind }) => kind)).toEqual(['held-long']);
  });

  test('after one that could not be read is still known', async () => {
    const { server, spine, shown } = await aSpine();
    server.ring();
    await spine.turn();
    server.fault({ path: '/sessions/my', status: 200, body: '{"sessions":[', times: 1 });
    expect(await spine.turn()).toMatchObject({ ok: false });
    expect(await spine.turn()).toEqual({ ok: true });
    expect(keys(shown, 'raise')).toHaveLength(1);
  });
});

describe('a failure', () => {
  test.each([
    [{ reset: true }, 'offline', { kind: 'refused' }],
    [{ status: 500 }, 'offline', { kind: 'server-error', code: 'HTTP 500' }],
    [{ status: 429 }, 'offline', { kind: 'too-many-requests', code: 'HTTP 429' }],
    [{ body: '', status: 200 }, 'offline', { kind: 'bad-answer', code: 'sessions' }],
    [{ body: 'null', status: 200 }, 'offline', { kind: 'bad-answer', code: 'sessions' }],
    [{ body: { error: 'no' }, status: 200 }, 'offline', { kind: 'bad-answer', code: 'sessions' }],
  ] as const)('%o is no connection', async (fault, trouble, told) => {
    const { server, spine } = await aSpine();
    server.fault(fault);
    expect(await spine.turn()).toMatchObject({ problem: { kind: 'fault', fault: told } });
    expect(spine.watch.failing).toMatchObject({ trouble });
  });

  test('for lack of the role is told as that, at once', async () => {
    const { server, spine, shown } = await aSpine();
    server.fault({ status: 403 });
    expect(await spine.turn()).toMatchObject({ problem: { kind: 'forbidden', role: 'User' } });
    expect(shown.raise).toMatchObject([{ kind: 'trouble', trouble: 'forbidden' }]);
  });

  test('for want of a sign-in is no trouble yet: it may be renewed', async () => {
    const { server, spine, shown } = await aSpine();
    server.revoke();
    expect(await spine.turn()).toMatchObject({ problem: { kind: 'signed-out' } });
    expect(spine.watch.failing).toBeNull();
    expect(shown.raise).toEqual([]);
  });

  test('leaves the last picture, and what rings rings on', async () => {
    const { server, spine, shown } = await aSpine();
    server.ring();
    await spine.turn();
    const { picture } = spine;
    server.fault({ reset: true });
    await spine.turn();
    expect(spine.picture).toBe(picture);
    expect(shown.withdraw).toEqual([]);
  });

  test('of a minute takes down what may no longer ring, and says so once', async () => {
    const { server, spine, shown, clock } = await aSpine();
    server.ring();
    await spine.turn();
    server.fault({ reset: true });
    for (let second = 0; second <= 90; second += 15) {
      await spine.turn();
      clock.passes(15);
    }
    expect(keys(shown, 'withdraw')).toEqual([shown.raise[0]?.key]);
    expect(shown.raise.slice(1)).toMatchObject([{ kind: 'trouble', trouble: 'offline' }]);
  });
});

describe('a call that vanishes while it rings', () => {
  test('is looked up once: taken by a colleague it raises nothing', async () => {
    const { server, spine, shown, lookUps } = await aSpine();
    const id = server.ring();
    await spine.turn();
    server.vanish(id, { by: 'Priya Tan' });
    await spine.turn();
    await spine.turn();
    expect(lookUps()).toEqual([`/sessions?specificIds=${id}`]);
    expect(shown.raise.map(({ kind }) => kind)).toEqual(['ringing']);
    expect(lastEntry(shown)).toMatchObject({ outcome: { kind: 'answered', by: 'Priya Tan' } });
  });

  test('and was taken by nobody is missed', async () => {
    const { server, spine, shown } = await aSpine();
    const id = server.ring();
    await spine.turn();
    server.vanish(id);
    await spine.turn();
    expect(shown.raise.map(({ kind }) => kind)).toEqual(['ringing', 'missed']);
    expect(lastEntry(shown)).toMatchObject({ outcome: { kind: 'missed', inferred: false } });
  });

  test.each(['refused', 'missing'] as const)(
    'counts as missed where looking up is %s, and the server is not asked again',
    async (mode) => {
      const { server, spine, shown, lookUps } = await aSpine();
      server.lookup(mode);
      for (const id of [server.ring(), server.ring()]) {
        await spine.turn();
        server.vanish(id, { by: 'Priya Tan' });
        await spine.turn();
      }
      expect(lookUps()).toHaveLength(1);
      expect(shown.raise.filter(({ kind }) => kind === 'missed')).toHaveLength(2);
      expect(lastEntry(shown)).toMatchObject({ outcome: { kind: 'missed', inferred: true } });
    },
  );

  test('is asked for again after a look-up that went wrong by chance', async () => {
    const { server, spine, lookUps } = await aSpine();
    for (const fault of [{ reset: true }, { status: 503 }, { status: 429 }, { status: 200 }]) {
      server.fault({ path: '/sessions', times: 1, ...fault });
      const id = server.ring();
      await spine.turn();
      server.vanish(id);
      await spine.turn();
    }
    expect(lookUps()).toHaveLength(4);
  });

  test('is asked for again after a fault of the network that nobody knows', async () => {
    const fault = { kind: 'unexpected', code: 'ERR_FAILED' } as const;
    const lookUp = vi.fn<EvoVoice['lookUp']>(() =>
      Promise.resolve({ ok: false, problem: { kind: 'fault', fault, retryAfter: undefined } }),
    );
    const { server, spine } = await aSpine({ lookUp });
    for (const id of [server.ring(), server.ring()]) {
      await spine.turn();
      server.vanish(id);
      await spine.turn();
    }
    expect(lookUp).toHaveBeenCalledTimes(2);
  });

  test.each([400, 405, 414, 501])('is not asked for again after a %i', async (status) => {
    const { server, spine, lookUps } = await aSpine();
    server.fault({ path: '/sessions', status });
    for (const id of [server.ring(), server.ring()]) {
      await spine.turn();
      server.vanish(id);
      await spine.turn();
    }
    expect(lookUps()).toHaveLength(status < 500 ? 1 : 2);
  });

  test('under an id that no address can carry does not stop what comes after', async () => {
    const { server, spine, shown } = await aSpine();
    const half = 'half a \ud83d face';
    server.ring({ id: half });
    await spine.turn();
    server.vanish(half);
    await spine.turn();
    server.ring({ fromName: 'Ada Byron' });
    expect(await spine.turn()).toEqual({ ok: true });
    expect(shown.raise.map(({ kind }) => kind)).toEqual(['ringing', 'missed', 'ringing']);
  });
});

describe('24 hours asleep', () => {
  test('bring the misses of the night as one digest, and nothing twice', async () => {
    const { server, spine, shown, clock } = await aSpine();
    const [one, other] = [server.ring(), server.ring()];
    await spine.turn();
    clock.sleeps(24 * 3_600);
    for (const id of [one, other]) server.vanish(id);
    server.miss(server.ring(), { linger: 10_000 });
    const ringing = server.ring({ fromName: 'Ada Byron' });
    await spine.turn();
    await spine.turn();
    expect(shown.raise.map(({ kind }) => kind)).toEqual([
      'ringing',
      'ringing',
      'ringing',
      'missed-many',
    ]);
    expect(shown.raise[2]).toMatchObject({ facts: { id: ringing } });
    expect(shown.raise[3]).toMatchObject({ because: 'away', misses: { length: 3 } });
    expect(keys(shown, 'withdraw').sort()).toEqual(
      shown.raise
        .slice(0, 2)
        .map(({ key }) => key)
        .sort(),
    );
  });
});

describe('an answer that was on its way while the machine slept', () => {
  test('is none: what was missed meanwhile still comes as one digest', async () => {
    const { server, api, spine, shown, clock } = await aSpine();
    await spine.turn();
    const missed = [server.ring(), server.ring()];
    const sessions = api.sessions.bind(api);
    vi.spyOn(api, 'sessions').mockImplementationOnce(async () => {
      const answer = await sessions();
      clock.sleeps(24 * 3_600);
      return answer;
    });
    expect(await spine.turn()).toMatchObject({ problem: { fault: { kind: 'timeout' } } });
    expect(shown.raise).toEqual([]);
    for (const id of missed) server.miss(id, { linger: 600 });
    expect(await spine.turn()).toEqual({ ok: true });
    expect(shown.raise).toMatchObject([{ kind: 'missed-many', because: 'away' }]);
  });
});

describe('a new run', () => {
  test('takes up the watch of the last one: what was told is not told again', async () => {
    const first = await aSpine();
    const missed = first.server.ring();
    first.server.ring();
    await first.spine.turn();
    first.server.miss(missed, { linger: 600 });
    await first.spine.turn();
    const second = await aSpine({ watch: takenUpAgain(first.spine.watch) }, first);
    await second.spine.turn();
    expect(second.shown.raise).toEqual([]);
    expect(first.shown.raise).toHaveLength(3);
  });
});

interface Shown {
  readonly raise: Alert[];
  readonly update: Alert[];
  readonly withdraw: Alert[];
  readonly log: Extract<Effect, { kind: 'log' }>['entry'][];
}

interface Options {
  readonly watch?: Watch;
  readonly rules?: Rules;
  readonly lookUp?: EvoVoice['lookUp'];
  readonly keep?: () => unknown;
  readonly show?: () => unknown;
}

/** A clock of whose two hands one stands still while the machine sleeps. */
class Clock {
  #wall = Date.UTC(2026, 2, 3, 9, 30);
  #steady = 0;

  passes(seconds: number): void {
    this.#wall += seconds * 1_000;
    this.#steady += seconds * 1_000;
  }

  sleeps(seconds: number): void {
    this.#wall += seconds * 1_000;
  }

  get mark(): Mark {
    return { ...markAt(this.#wall), steady: this.#steady };
  }
}

/** A spine of somebody who is signed in at a stand-in that does nothing by itself. */
async function aSpine(
  { watch = NEW_WATCH, rules = rulesOf(DEFAULT_SETTINGS, false), lookUp, keep, show }: Options = {},
  world?: Awaited<ReturnType<typeof aWorld>>,
) {
  const { server, api, clock } = world ?? (await aWorld());
  const shown: Shown = { raise: [], update: [], withdraw: [], log: [] };
  const spine = new Spine({
    api: { sessions: () => api.sessions(), lookUp: lookUp ?? ((ids) => api.lookUp(ids)) },
    watch,
    rules: () => rules,
    me: () => ({ id: undefined, name: undefined }),
    now: () => clock.mark,
    keep: () => {
      keep?.();
    },
    show: (effects) => {
      show?.();
      for (const effect of effects) {
        if (effect.kind === 'log') shown.log.push(effect.entry);
        else shown[effect.kind].push(effect.alert);
      }
    },
  });
  const lookUps = (): readonly string[] =>
    server.requests.map(({ path }) => path).filter((path) => path.includes('specificIds'));
  return { server, api, clock, spine, shown, lookUps };
}

async function aWorld() {
  const clock = new Clock();
  const server = await startDemoServer({ scenario: false, now: () => clock.mark.wall });
  onTestFinished(() => server.close());
  const api = new EvoVoice({
    send: nodeSend(() => clock.mark.wall),
    origin: server.url,
    userAgent: 'Ringside/1.2.3',
    signal: new AbortController().signal,
    now: () => clock.mark.wall,
  });
  await api.signIn(server.userName, server.password);
  return { server, api, clock };
}

function keys(shown: Shown, kind: 'raise' | 'withdraw'): string[] {
  return shown[kind].map(({ key }) => key);
}

function lastEntry({ log }: Shown) {
  return log.at(-1);
}
