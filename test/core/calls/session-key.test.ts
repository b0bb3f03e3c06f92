import fc from 'fast-check';
import { expect, test } from 'vitest';
import { getAccountKey, getSessionId, createSessionKey } from '../../../src/core/calls/session-key';

const account = fc.stringMatching(/^[0-9a-f]{16}$/);
const id = fc.string({ unit: 'binary', minLength: 1 });

test('a key names the account and the session, whatever the server calls it', () => {
  fc.assert(
    fc.property(account, id, (some, any) => {
      const key = createSessionKey(some, any);
      expect([getAccountKey(key), getSessionId(key)]).toEqual([some, any]);
    }),
  );
});

test('no two accounts have a key in common', () => {
  fc.assert(
    fc.property(account, id, account, id, (a, x, b, y) => {
      expect(createSessionKey(a, x) === createSessionKey(b, y)).toBe(a === b && x === y);
    }),
  );
});

test.each(['S-1', '', 'a/b', '0123456789abcde/S-1', '0123456789ABCDEF/S-1', '☎'])(
  'an id alone names no account, and stays as it is: %j',
  (bare) => {
    expect(getAccountKey(bare)).toBeUndefined();
    expect(getSessionId(bare)).toBe(bare);
  },
);
