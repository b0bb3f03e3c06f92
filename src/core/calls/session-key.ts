/**
 * Two servers can list the same session id, so outside of its account a session has a key that
 * includes the account.
 */
const KEY = /^[0-9a-f]{16}\//;
const ACCOUNT_LENGTH = 16;
/** The length of a key with an id of 512 characters. */
export const MAX_SESSION_KEY_LENGTH = ACCOUNT_LENGTH + 1 + 512;

/** Creates the key of a session from the account key (16 hexadecimal digits) and the session id. */
export function createSessionKey(account: string, id: string): string {
  return `${account}/${id}`;
}

/** Returns the account of a key; `undefined` for a bare id, as in links and old log entries. */
export function getAccountKey(key: string): string | undefined {
  return KEY.test(key) ? key.slice(0, ACCOUNT_LENGTH) : undefined;
}

/** Returns the server's session id. */
export function getSessionId(key: string): string {
  return KEY.test(key) ? key.slice(ACCOUNT_LENGTH + 1) : key;
}
