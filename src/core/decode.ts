import { sameJson } from './same-json';
import type { Session } from './session';
import { isObject, readSession } from './wire';

/** What an answer of `/sessions/my`, `/sessions/active` or `/sessions` holds. */
export type Decoded =
  | {
      readonly ok: true;
      /** The healthy sessions, in the server's order, each id once. */
      readonly sessions: readonly Session[];
      /** How many entries could not be used: no object, no id, one that came before, or too many. */
      readonly setAside: number;
    }
  | { readonly ok: false };

const NONE: ReadonlyMap<string, Session> = new Map();

/** A longer list is cut: the rest is only counted. */
export const MAX_SESSIONS = 5_000;

/**
 * Turns the JSON of an answer into sessions. Never throws: a bad field becomes absent, a bad
 * session is set aside and counted, an answer that holds no list of sessions is `ok: false`.
 * A session that says the same as in `known` is handed on as that very object, so that nobody
 * downstream looks at it twice.
 */
export function decodeAnswer(json: unknown, known: ReadonlyMap<string, Session> = NONE): Decoded {
  const list = listIn(json);
  if (!list) return { ok: false };
  const sessions = new Map<string, Session>();
  let setAside = Math.max(0, list.length - MAX_SESSIONS);
  for (const entry of list.slice(0, MAX_SESSIONS)) {
    const session = decodeSession(entry, known);
    if (!session || sessions.has(session.id)) setAside += 1;
    else sessions.set(session.id, session);
  }
  return { ok: true, sessions: [...sessions.values()], setAside };
}

/** The list under `sessions` (active ones) or `items` (looked up by id). */
function listIn(json: unknown): readonly unknown[] | undefined {
  if (!isObject(json)) return undefined;
  const list = json['sessions'] ?? json['items'];
  if (Array.isArray(list)) return list as readonly unknown[];
  // The server leaves nulls out, so an object of nothing is an empty list; any other object is
  // somebody else's answer, and taking it for "no calls" would declare every ring missed.
  return Object.values(json).every((value) => value === null) ? [] : undefined;
}

function decodeSession(entry: unknown, known: ReadonlyMap<string, Session>): Session | undefined {
  if (!isObject(entry)) return undefined;
  const before = typeof entry['id'] === 'string' ? known.get(entry['id']) : undefined;
  if (before && sameJson(before.raw, entry)) return before;
  const fields = readSession(entry);
  if (fields?.id === undefined) return undefined;
  // The fields are a fresh object: adding to it costs far less than copying it.
  return Object.assign(fields, { id: fields.id, raw: entry });
}
