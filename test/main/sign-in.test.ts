import { describe, expect, test } from 'vitest';
import type { Problem } from '../../src/main/api/evo-voice';
import { signIn } from '../../src/main/sign-in';

const RESET = { kind: 'unexpected', code: 'ECONNRESET' } as const;

describe('a sign-in that somebody waits for', () => {
  test('sends what was typed once, and says that it worked', async () => {
    const sent: string[][] = [];
    const api = {
      signIn: (...typed: string[]) => {
        sent.push(typed);
        return Promise.resolve({ ok: true, value: null } as const);
      },
    };
    expect(await signIn(api, 'maya', 'ring-ring')).toBeNull();
    expect(sent).toEqual([['maya', 'ring-ring']]);
  });

  test.each<[Problem, unknown]>([
    [
      { kind: 'signed-out', message: 'No' },
      { kind: 'wrong-credentials', message: 'No' },
    ],
    [
      { kind: 'fault', fault: RESET, retryAfter: undefined },
      { kind: 'unreachable', fault: RESET },
    ],
    [
      { kind: 'missing', status: 404 },
      { kind: 'unreachable', fault: { kind: 'bad-answer', code: 'HTTP 404' } },
    ],
    [
      { kind: 'forbidden', role: 'User' },
      { kind: 'unreachable', fault: { kind: 'bad-answer', code: 'HTTP 403' } },
    ],
  ])('says why not: %o', async (problem, refused) => {
    const api = { signIn: () => Promise.resolve({ ok: false, problem } as const) };
    expect(await signIn(api, 'maya', 'ring-ring')).toEqual(refused);
  });
});
