/**
 * Corrupts one or two sessions of a response at random and checks that the others still decode.
 * The random numbers are seeded; a failure reports the seed that reproduces it.
 */
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { decodeSessions } from '../../../src/core/api/decode';
import { summarizeSession } from '../../../src/core/calls/call-summary';
import { getPhase } from '../../../src/core/calls/phase';
import { isObject, type Session } from '../../../src/core/api/schema';
import { toApiSession } from '../session-fixture';

/** `npm run test:fuzz` runs a million. */
const RESPONSE_COUNT = Number(process.env['RINGSIDE_RESPONSES'] ?? 5_000);
const FIRST_SEED = Number(process.env['RINGSIDE_SEED'] ?? 1);

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

/** Valid sessions as JSON text with their decoded form. */
const VALID = [
  FULL,
  '{"id":"bare"}',
  JSON.stringify(toApiSession({ id: '__proto__', held: true, from: 'Ada' })),
  JSON.stringify(toApiSession({ id: '7', outgoing: true, wire: { newField: [1, { a: null }] } })),
  JSON.stringify(
    toApiSession({ id: 'chat', wire: { channel: 'Carrier pigeon', callState: 'Up' } }),
  ),
].map((text) => ({ text, session: decodeOne(JSON.parse(text) as Json) }));

const HOSTILE_VALUES: readonly string[] = [
  ...['null', 'true', 'false', '0', '-1', '1e308', '9007199254740993', '""', '" "', '[]', '{}'],
  ...['"Ringing"', '"Incoming"', '"0001-01-01T00:00:00"', '"/Date(1)/"', '"/Date(9e99)/"'],
  ...['[null]', '[[[]]]', '{"id":null}', '{"__proto__":{"ended":true}}', '{"constructor":{}}'],
  ...['"\\ud800"', '"\\u0000\\u202e\\u200b"', '"<script>alert(1)</script>"', '"=cmd|calc"'],
  ...['{"length":1e9}', '{"toString":null,"valueOf":1}', '[1,"a",{},[],null,true]'],
  `"${'x'.repeat(5_000)}"`,
  '['.repeat(500) + ']'.repeat(500),
  `${'{"a":'.repeat(500)}0${'}'.repeat(500)}`,
  JSON.stringify(Array.from({ length: 500 }, (_, index) => index)),
];

test('decodes every valid session in a response with corrupted ones', { timeout: Infinity }, () => {
  for (let seed = FIRST_SEED; seed < FIRST_SEED + RESPONSE_COUNT; seed += 1) {
    try {
      checkResponse(createRandom(seed));
    } catch (error) {
      throw new Error(`reproduce with RINGSIDE_SEED=${seed} RINGSIDE_RESPONSES=1`, {
        cause: error,
      });
    }
  }
  expect(RESPONSE_COUNT).toBeGreaterThan(0);
});

function checkResponse(random: Random): void {
  const valid = VALID.filter(() => random.oneIn(2));
  const corrupted = Array.from({ length: 1 + random.below(2) }, () =>
    createCorruptedSession(random),
  );
  const list = shuffle(
    [...valid.map(({ text }) => JSON.parse(text) as Json), ...corrupted],
    random,
  );
  const listName = random.oneIn(3) ? 'items' : 'sessions';
  const response = { [listName]: list, totalCount: list.length };

  const first = decodeSessions(response, undefined, listName);
  if (!first.ok) {
    expect(list.length > 0 && !list.some(isObject)).toBe(true);
    return;
  }
  expect(first.sessions.length + first.skippedCount).toBe(list.length);
  const decoded = new Map(first.sessions.map((session) => [session.id, session]));
  for (const { session } of valid) {
    if (!isDeepStrictEqual(decoded.get(session.id), session)) {
      throw new Error(`${session.id} decodes differently next to corrupted sessions`);
    }
  }
  for (const session of first.sessions) {
    getPhase(session);
    summarizeSession(session);
  }
  const again = decodeSessions(JSON.parse(JSON.stringify(response)), decoded, listName);
  if (!again.ok || again.sessions.length !== first.sessions.length) {
    throw new Error('the same response decodes differently the second time');
  }
  if (random.oneIn(4)) decodeSessions(corrupt({ ...response }, random));
}

/** Corrupts a session in one to four places and makes sure that it has no valid session's id. */
function createCorruptedSession(random: Random): Json {
  let session = JSON.parse(random.pick(VALID).text) as Json;
  if (typeof session === 'object' && session !== null && !Array.isArray(session)) {
    session['id'] = `corrupted ${random.below(1_000)}`;
  }
  for (let count = 1 + random.below(4); count > 0; count -= 1) session = corrupt(session, random);
  const id = typeof session === 'object' && session !== null && 'id' in session && session['id'];
  return VALID.some(({ session: valid }) => valid.id === id) ? null : session;
}

/** Replaces, removes, duplicates, adds, or moves something in a value. */
function corrupt(value: Json, random: Random): Json {
  if (typeof value !== 'object' || value === null || random.oneIn(12)) {
    return createHostileValue(random);
  }
  const keys = Object.keys(value);
  const key = random.pick(keys.length > 0 ? keys : ['id']);
  if (Array.isArray(value)) return corruptList(value, Number(key) || 0, random);
  const field = value[key];
  const pairs = Object.entries(value).filter(([name]) => name !== key);
  switch (random.below(6)) {
    case 0:
      return Object.fromEntries(pairs);
    case 1:
      return Object.fromEntries([
        ...pairs,
        [random.pick(['__proto__', 'toString', 'new', '']), createHostileValue(random)],
      ]);
    case 2:
      return Object.fromEntries([
        ...pairs,
        [random.pick(keys.length > 0 ? keys : ['id']), field ?? null],
      ]);
    case 3:
      return Object.fromEntries([...pairs, [key, [field ?? null, createHostileValue(random)]]]);
    default:
      return Object.fromEntries([...pairs, [key, corrupt(field ?? null, random)]]);
  }
}

function corruptList(list: readonly Json[], index: number, random: Random): Json {
  switch (random.below(4)) {
    case 0:
      return list.filter((_, other) => other !== index);
    case 1:
      return [...list, ...list, createHostileValue(random)];
    case 2:
      return Object.fromEntries(Object.entries(list));
    default:
      return list.map((item, other) => (other === index ? corrupt(item, random) : item));
  }
}

function createHostileValue(random: Random): Json {
  return JSON.parse(random.pick(HOSTILE_VALUES)) as Json;
}

function decodeOne(json: Json): Session {
  const decoded = decodeSessions({ sessions: [json] });
  const session = decoded.ok ? decoded.sessions[0] : undefined;
  if (!session) throw new Error('a valid session does not decode');
  return session;
}

function shuffle(list: readonly Json[], random: Random): Json[] {
  const keyed = list.map((item) => ({ item, order: random.below(1e9) }));
  return keyed.sort((a, b) => a.order - b.order).map(({ item }) => item);
}

interface Random {
  below(max: number): number;
  oneIn(count: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
}

/** A Mulberry32 generator, which returns the same numbers on every machine. */
function createRandom(seed: number): Random {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (max: number): number => Math.floor(next() * max);
  return {
    below,
    oneIn: (count) => below(count) === 0,
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error('cannot pick from an empty list');
      return item;
    },
  };
}
