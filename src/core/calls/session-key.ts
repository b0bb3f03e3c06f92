/**
 * The id of a session is its server's and no more than that: two accounts may list the same one.
 * Outside of its account a session therefore goes by a key, which names the account too.
 */
const KEY = /^[0-9a-f]{16}\//;
const ACCOUNT_LENGTH = 16;

/** The key of a session, given the key of its account: 16 hexadecimal digits. */
export function createSessionKey(account: string, id: string): string {
  return `${account}/${id}`;
}

/** The account that a key names; `undefined` for a bare id, as links and old entries have it. */
export function getAccountKey(key: string): string | undefined {
  return KEY.test(key) ? key.slice(0, ACCOUNT_LENGTH) : undefined;
}

/** The id that the server knows the session by. */
export function getSessionId(key: string): string {
  return KEY.test(key) ? key.slice(ACCOUNT_LENGTH + 1) : key;
}
