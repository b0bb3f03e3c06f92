import fc from 'fast-check';
import { expect, test } from 'vitest';
import { getAccountKey, getSessionId, createSessionKey } from '../../../src/core/calls/session-key';

const account = fc.stringMatching(/^[0-9a-f]{16}$/);
const id = fc.string({ unit: 'binary', minLength: 1 });

test('a key contains the account key and any session id', () => {
  fc.assert(
    fc.property(account, id, (accountKey, sessionId) => {
      const key = createSessionKey(accountKey, sessionId);
      expect([getAccountKey(key), getSessionId(key)]).toEqual([accountKey, sessionId]);
    }),
  );
});

test('two accounts never share a key', () => {
  fc.assert(
    fc.property(account, id, account, id, (a, x, b, y) => {
      expect(createSessionKey(a, x) === createSessionKey(b, y)).toBe(a === b && x === y);
    }),
  );
});

test.each(['S-1', '', 'a/b', '0123456789abcde/S-1', '0123456789ABCDEF/S-1', '☎'])(
  'the plain id %j belongs to no account and stays unchanged',
  (id) => {
    expect(getAccountKey(id)).toBeUndefined();
    expect(getSessionId(id)).toBe(id);
  },
);
