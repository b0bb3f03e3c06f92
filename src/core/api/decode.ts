import { deepEqual } from '../deep-equal';
import { type Session, isObject, parseSession } from './schema';

/** What an answer of `/sessions/my`, `/sessions/active` or `/sessions` holds. */
export type DecodeResult =
  | {
      readonly ok: true;
      /** The healthy sessions, in the server's order, each id once. */
      readonly sessions: readonly Session[];
      /** How many entries could not be used: no object, no id, one that came before, or too many. */
      readonly skippedCount: number;
    }
  | { readonly ok: false };

const NO_SESSIONS: ReadonlyMap<string, Session> = new Map();

/** A longer list is cut: the rest is only counted. */
export const MAX_SESSIONS = 5_000;

/**
 * Turns the JSON of an answer into sessions. Never throws: a bad field becomes absent, a bad
 * session is set aside and counted, an answer that holds no list of sessions is `ok: false`.
 * A session that says the same as in `known` is handed on as that very object, so that nobody
 * downstream looks at it twice.
 */
export function decodeSessions(
  json: unknown,
  known: ReadonlyMap<string, Session> = NO_SESSIONS,
  listName: 'sessions' | 'items' = 'sessions',
): DecodeResult {
  const list = isObject(json) ? json[listName] : undefined;
  // Any other object is someone else's response; "no calls" would make every ring a missed call.
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
  const fields = parseSession(entry);
  if (fields?.id === undefined) return undefined;
  // The fields are a fresh object: adding to it costs far less than copying it.
  return Object.assign(fields, { id: fields.id, raw: entry });
}
