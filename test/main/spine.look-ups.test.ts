import { expect, test } from 'vitest';
import { rulesOf } from '../../src/core/rules';
import { DEFAULT_SETTINGS } from '../../src/core/settings';
import { NEW_WATCH } from '../../src/core/watch/watch';
import type { Problem } from '../../src/main/api/evo-voice';
import { Spine } from '../../src/main/spine';
import { markAt, SOMEBODY } from './builders';

/** A 4xx is the server's last word; what passes, or says nothing of the look-up, is not. */
const faultOf = (code: string): Problem => {
  return { kind: 'fault', fault: { kind: 'unexpected', code }, retryAfter: undefined };
};

test.each<[string, Problem, number]>([
  ['forbids it', { kind: 'forbidden', role: 'Admin' }, 1],
  ['has nothing of the kind', { kind: 'missing', status: 404 }, 1],
  ['finds fault with the question', faultOf('HTTP 400'), 1],
  ['has a fault of its own', faultOf('HTTP 500'), 2],
  ['has forgotten who asks', { kind: 'signed-out', message: undefined }, 2],
])('of two calls that vanish, where the server %s', async (_, problem, expected) => {
  const asked: (readonly string[])[] = [];
  const missed: string[] = [];
  let sessions: readonly object[] = [];
  const spine = new Spine({
    api: {
      sessions: () =>
        Promise.resolve({ ok: true, value: Buffer.from(JSON.stringify({ sessions })) }),
      lookUp: (ids) => {
        asked.push(ids);
        return Promise.resolve({ ok: false, problem });
      },
    },
    watch: { ...NEW_WATCH, seenAt: markAt(0) },
    rules: () => rulesOf(DEFAULT_SETTINGS, false),
    me: () => SOMEBODY,
    now: () => markAt(0),
    keep: () => undefined,
    show: (effects) => {
      for (const effect of effects) {
        if (effect.kind === 'raise' && effect.alert.kind === 'missed') {
          missed.push(effect.alert.miss.facts.id);
          expect(effect.alert.miss.inferred).toBe(true);
        }
      }
    },
  });
  for (const id of ['S-1', 'S-2']) {
    sessions = [{ id, direction: 'Incoming', callState: 'Ringing' }];
    await spine.turn();
    sessions = [];
    await spine.turn();
  }
  expect(asked).toHaveLength(expected);
  expect(missed).toEqual(['S-1', 'S-2']);
});
