import { beforeEach, expect, test } from 'vitest';
import type { LogEntry } from '../../src/core/log-entry';
import type { Settings } from '../../src/core/settings';
import { entryOf } from '../../src/core/watch/call';
import type { Effect } from '../../src/core/watch/decide';
import { Popping } from '../../src/main/popping';
import { aCall, aSession, someFacts } from './builders';

const NOW = 100_000;

let popped: string[];
let when: Settings['screenPopWhen'];

beforeEach(() => {
  popped = [];
});

test.each([
  ['ringing', ['S-1']],
  ['answer', []],
  ['button', []],
] as const)('a ring pops with the setting "%s": %o', (setting, ids) => {
  when = setting;
  popping().apply([ring]);
  expect(popped).toEqual(ids);
});

test.each([
  ['ringing', []],
  ['answer', ['S-1']],
  ['button', []],
] as const)('a call that the person answers pops with the setting "%s": %o', (setting, ids) => {
  when = setting;
  popping().apply([answered()]);
  expect(popped).toEqual(ids);
});

test('a call that is answered pops once, however often the log hears of it', () => {
  when = 'answer';
  const one = popping();
  one.apply([answered()]);
  one.apply([answered(), answered()]);
  expect(popped).toEqual(['S-1']);
});

test.each([
  ['that somebody else answered', { outcome: { kind: 'answered', by: 'Alan', byMe: false } }],
  ['whose answer is old news', { answeredAt: NOW - 10_000 }],
  ['that nobody answered', { outcome: { kind: 'missed', inferred: false, away: false } }],
] as const)('a call %s does not pop', (_, fields) => {
  when = 'answer';
  popping().apply([answered(fields)]);
  expect(popped).toEqual([]);
});

test('a call that was answered before the person chose so does not pop afterwards', () => {
  const one = popping();
  when = 'button';
  one.apply([answered()]);
  when = 'answer';
  one.apply([answered()]);
  expect(popped).toEqual([]);
});

const ring: Effect = {
  kind: 'raise',
  alert: { kind: 'ringing', key: 'ring S-1', facts: someFacts() },
};

function answered(fields: Partial<LogEntry> = {}): Effect {
  const entry = entryOf(aCall([aSession(), NOW - 5_000]));
  const outcome = { kind: 'answered', by: 'Maya', byMe: true } as const;
  return { kind: 'log', entry: { ...entry, outcome, answeredAt: NOW - 1_000, ...fields } };
}

function popping(): Popping {
  return new Popping({
    settings: () => ({ screenPopWhen: when }),
    pop: (id) => popped.push(id),
    now: () => NOW,
  });
}
