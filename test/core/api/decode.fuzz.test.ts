/**
 * Answers of the server, broken at random but on purpose: one or two sessions of an answer go bad
 * in every way that a server, a proxy or an attacker might think of, the others stay healthy. The
 * numbers are seeded: the one that is named in a failure repeats it.
 */
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { decodeSessions } from '../../../src/core/api/decode';
import { summarizeSession } from '../../../src/core/calls/call-summary';
import { getPhase } from '../../../src/core/calls/phase';
import { isObject, type Session } from '../../../src/core/api/schema';
import { toApiSession } from '../session-fixture';

/** `npm run test:fuzz` asks for a million. */
const ANSWERS = Number(process.env['RINGSIDE_ANSWERS'] ?? 5_000);
const FIRST = Number(process.env['RINGSIDE_SEED'] ?? 1);

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const FULL = JSON.stringify(
  toApiSession({
    id: 'full',
    ringing: true,
    from: 'Grace Hopper',
    number: '+12025550147',
    customer: 'Bright Dental',
    endpoint: 'Front desk',
    wire: {
      dateCreated: '2017-03-14T11:01:10.1234567Z',
      channel: 'Voice',
      ended: false,
      wasMissed: false,
      customerBreadcrumb: [{ id: 'C-1', name: 'Northside Group' }],
      log: [{ date: '/Date(1489489270000)/', message: 'Rings' }],
      members: [{ identity: 'ada', role: 'Agent', muted: false, applicationData: { a: 'b' } }],
    },
  }),
);

/** Healthy sessions as text, and what each is read as. */
const HEALTHY = [
  FULL,
  '{"id":"bare"}',
  JSON.stringify(toApiSession({ id: '__proto__', held: true, from: 'Ada' })),
  JSON.stringify(toApiSession({ id: '7', outgoing: true, wire: { newField: [1, { a: null }] } })),
  JSON.stringify(
    toApiSession({ id: 'chat', wire: { channel: 'Carrier pigeon', callState: 'Up' } }),
  ),
].map((text) => ({ text, session: alone(JSON.parse(text) as Json) }));

const HOSTILE: readonly string[] = [
  ...['null', 'true', 'false', '0', '-1', '1e308', '9007199254740993', '""', '" "', '[]', '{}'],
  ...['"Ringing"', '"Incoming"', '"0001-01-01T00:00:00"', '"/Date(1)/"', '"/Date(9e99)/"'],
  ...['[null]', '[[[]]]', '{"id":null}', '{"__proto__":{"ended":true}}', '{"constructor":{}}'],
  ...['"\\ud800"', '"\\u0000\\u202e\\u200b"', '"<script>alert(1)</script>"', '"=cmd|calc"'],
  ...['{"length":1e9}', '{"toString":null,"valueOf":1}', '[1,"a",{},[],null,true]'],
  `"${'x'.repeat(5_000)}"`,
  '['.repeat(500) + ']'.repeat(500),
  `${'{"a":'.repeat(500)}0${'}'.repeat(500)}`,
  JSON.stringify(Array.from({ length: 500 }, (_, at) => at)),
];

test('no answer is too bad, and none costs a healthy session', { timeout: Infinity }, () => {
  for (let seed = FIRST; seed < FIRST + ANSWERS; seed += 1) {
    try {
      attempt(chance(seed));
    } catch (error) {
      throw new Error(`RINGSIDE_SEED=${seed} RINGSIDE_ANSWERS=1 repeats it`, { cause: error });
    }
  }
  expect(ANSWERS).toBeGreaterThan(0);
});

function attempt(random: Chance): void {
  const healthy = HEALTHY.filter(() => random.oneIn(2));
  const victims = Array.from({ length: 1 + random.below(2) }, () => victim(random));
  const list = shuffled(
    [...healthy.map(({ text }) => JSON.parse(text) as Json), ...victims],
    random,
  );
  const listName = random.oneIn(3) ? 'items' : 'sessions';
  const answer = { [listName]: list, totalCount: list.length };

  const first = decodeSessions(answer, undefined, listName);
  if (!first.ok) {
    expect(list.length > 0 && !list.some(isObject)).toBe(true);
    return;
  }
  expect(first.sessions.length + first.skippedCount).toBe(list.length);
  const read = new Map(first.sessions.map((session) => [session.id, session]));
  for (const { session } of healthy) {
    if (!isDeepStrictEqual(read.get(session.id), session)) {
      throw new Error(`${session.id} is not what it is by itself`);
    }
  }
  for (const session of first.sessions) {
    getPhase(session);
    summarizeSession(session);
  }
  const again = decodeSessions(JSON.parse(JSON.stringify(answer)), read, listName);
  if (!again.ok || again.sessions.length !== first.sessions.length) {
    throw new Error('the same answer is read otherwise the second time');
  }
  if (random.oneIn(4)) decodeSessions(broken({ ...answer }, random));
}

/** A session that goes bad in one to four places; never one of the healthy ones by its id. */
function victim(random: Chance): Json {
  let session = JSON.parse(random.of(HEALTHY).text) as Json;
  if (typeof session === 'object' && session !== null && !Array.isArray(session)) {
    session['id'] = `victim ${random.below(1_000)}`;
  }
  for (let count = 1 + random.below(4); count > 0; count -= 1) session = broken(session, random);
  const id = typeof session === 'object' && session !== null && 'id' in session && session['id'];
  return HEALTHY.some(({ session: healthy }) => healthy.id === id) ? null : session;
}

/** The value with something in it replaced, removed, doubled, added or moved. */
function broken(value: Json, random: Chance): Json {
  if (typeof value !== 'object' || value === null || random.oneIn(12)) return hostile(random);
  const keys = Object.keys(value);
  const key = random.of(keys.length > 0 ? keys : ['id']);
  if (Array.isArray(value)) return brokenList(value, Number(key) || 0, random);
  const field = value[key];
  const pairs = Object.entries(value).filter(([name]) => name !== key);
  switch (random.below(6)) {
    case 0:
      return withPairs(pairs);
    case 1:
      return withPairs([
        ...pairs,
        [random.of(['__proto__', 'toString', 'new', '']), hostile(random)],
      ]);
    case 2:
      return withPairs([...pairs, [random.of(keys.length > 0 ? keys : ['id']), field ?? null]]);
    case 3:
      return withPairs([...pairs, [key, [field ?? null, hostile(random)]]]);
    default:
      return withPairs([...pairs, [key, broken(field ?? null, random)]]);
  }
}

function brokenList(list: readonly Json[], at: number, random: Chance): Json {
  switch (random.below(4)) {
    case 0:
      return list.filter((_, other) => other !== at);
    case 1:
      return [...list, ...list, hostile(random)];
    case 2:
      return withPairs(Object.entries(list));
    default:
      return list.map((item, other) => (other === at ? broken(item, random) : item));
  }
}

/** As JSON.parse makes it: `__proto__` is a key like any other. */
function withPairs(pairs: readonly (readonly [string, Json])[]): Json {
  return Object.fromEntries(pairs);
}

function hostile(random: Chance): Json {
  return JSON.parse(random.of(HOSTILE)) as Json;
}

function alone(json: Json): Session {
  const decoded = decodeSessions({ sessions: [json] });
  const session = decoded.ok ? decoded.sessions[0] : undefined;
  if (!session) throw new Error('a healthy session that is not');
  return session;
}

function shuffled(list: readonly Json[], random: Chance): Json[] {
  const keyed = list.map((item) => ({ item, order: random.below(1e9) }));
  return keyed.sort((a, b) => a.order - b.order).map(({ item }) => item);
}

interface Chance {
  below(most: number): number;
  oneIn(count: number): boolean;
  of<Item>(items: readonly Item[]): Item;
}

/** Mulberry32: small, quick and the same everywhere. */
function chance(seed: number): Chance {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (most: number): number => Math.floor(next() * most);
  return {
    below,
    oneIn: (count) => below(count) === 0,
    of: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error('nothing to choose from');
      return item;
    },
  };
}
