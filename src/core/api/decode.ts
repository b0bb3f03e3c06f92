import { deepEqual } from '../deep-equal';
import { type ApiSession, type Session, isObject, parseSession } from './schema';

/** The sessions of a response of `/sessions/my`, `/sessions/active`, or `/sessions`. */
export type DecodeResult =
  | {
      readonly ok: true;
      /** The valid sessions in the server's order, without duplicates. */
      readonly sessions: readonly Session[];
      /** Entries that were skipped: invalid, duplicate, or beyond the limit. */
      readonly skippedCount: number;
    }
  | { readonly ok: false };

const NO_SESSIONS: ReadonlyMap<string, Session> = new Map();

/** Longer lists are cut. */
export const MAX_SESSIONS = 5_000;

/**
 * Decodes the JSON of a response. Never throws: invalid fields become absent, invalid sessions are
 * skipped and counted, and a response without a list of sessions is `ok: false`. A session equal to
 * the one in `known` is returned as the same object, so that it isn't processed again.
 */
export function decodeSessions(
  json: unknown,
  known: ReadonlyMap<string, Session> = NO_SESSIONS,
  listName: 'sessions' | 'items' = 'sessions',
): DecodeResult {
  const list = isObject(json) ? json[listName] : undefined;
  // Any other object isn't from the API; reading it as "no calls" would make every ring missed.
  if (!isList(list) || (list.length > 0 && !list.some(isObject))) return { ok: false };
  const sessions = new Map<string, Session>();
  let skippedCount = Math.max(0, list.length - MAX_SESSIONS);
  for (const entry of list.slice(0, MAX_SESSIONS)) {
    const session = decodeSession(entry, known);
    if (!session || sessions.has(session.id)) skippedCount += 1;
    else sessions.set(session.id, session);
  }
  return { ok: true, sessions: [...sessions.values()], skippedCount };
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function decodeSession(entry: unknown, known: ReadonlyMap<string, Session>): Session | undefined {
  if (!isObject(entry)) return undefined;
  const before = typeof entry['id'] === 'string' ? known.get(entry['id']) : undefined;
  if (before && deepEqual(before.raw, entry)) return before;
  const session = parseSession(entry);
  return hasId(session) ? session : undefined;
}

function hasId(session: ApiSession): session is Session {
  return session.id !== undefined;
}
