import { sameJson } from './same-json';
import type { Session } from './session';
import { atOnce, type Steps } from './steps';
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

/** Sessions that are taken of one answer, the first: twice as many as anybody has looked after. */
const MOST_SESSIONS = 20_000;

/**
 * Turns the JSON of an answer into sessions. Never throws: a bad field becomes absent, a bad
 * session is set aside and counted, an answer that holds no list of sessions is `ok: false`.
 * A session that says the same as in `known` is handed on as that very object, so that nobody
 * downstream looks at it twice.
 */
export function decodeAnswer(json: unknown, known?: ReadonlyMap<string, Session>): Decoded {
  return atOnce(decodeSteps(json, known));
}

/** Sessions between two pauses: half a millisecond of work. A pause has its price too. */
const BETWEEN_PAUSES = 32;

/** The same, a few sessions at a time: whoever has other things to do pauses in between. */
export function* decodeSteps(
  json: unknown,
  known: ReadonlyMap<string, Session> = NONE,
): Steps<Decoded> {
  const list = listIn(json);
  if (!list) return { ok: false };
  const sessions = new Map<string, Session>();
  let setAside = Math.max(0, list.length - MOST_SESSIONS);
  let looked = 0;
  for (const entry of list.slice(0, MOST_SESSIONS)) {
    const session = decodeSession(entry, known);
    if (!session || sessions.has(session.id)) setAside += 1;
    else sessions.set(session.id, session);
    looked += 1;
    if (looked % BETWEEN_PAUSES === 0) yield;
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
