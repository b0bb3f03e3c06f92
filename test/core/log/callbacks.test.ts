import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createNumberKeys } from '../../../src/core/calls/number-key';
import { getCallbacks } from '../../../src/core/log/callbacks';
import type { LogEntry } from '../../../src/core/log/entry';
import { createMissedEntry, createLogEntry } from './log-entry-fixture';

const NOON = Date.UTC(2026, 2, 4, 12);
const MINUTE = 60_000;
const getNumberKey = createNumberKeys('US');
const find = (...entries: readonly LogEntry[]) => getCallbacks(entries, getNumberKey);
const getKeys = (...entries: readonly LogEntry[]) =>
  find(...entries).items.map((item) => item.entries.map(({ summary }) => summary.id));

const miss = (id: string, minute: number, number: string | undefined = '+12025550147') =>
  createMissedEntry({ id, startedAt: NOON + minute * MINUTE, party: { number: number } });
const answered = (id: string, minute: number, number = '+12025550147') =>
  createLogEntry({ id, startedAt: NOON + minute * MINUTE, party: { number } });
const outgoing = (id: string, minute: number, number = '+12025550147') =>
  createLogEntry({
    id,
    direction: 'outgoing',
    outcome: { kind: 'active' },
    answeredAt: undefined,
    startedAt: NOON + minute * MINUTE,
    party: { number },
  });
const abandoned = (id: string, minute: number) =>
  createLogEntry({ id, outcome: { kind: 'abandoned' }, startedAt: NOON + minute * MINUTE });

describe('the calls to return', () => {
  test('are the missed ones and those whose caller hung up in the queue, the latest first', () => {
    expect(
      getKeys(miss('A', 0, '+12025550101'), answered('B', 1, '+12025550102'), abandoned('C', 2)),
    ).toEqual([['C'], ['A']]);
  });

  test('are one item for each caller, however the number is written', () => {
    const entries = [miss('A', 0), miss('B', 5, '(202) 555-0147'), miss('C', 2, '+12025550199')];
    expect(getKeys(...entries)).toEqual([['B', 'A'], ['C']]);
  });

  test('are items of their own for callers without a number', () => {
    const withheld = { name: undefined, number: undefined, isWithheld: true };
    const calls = [0, 1].map((at) =>
      createMissedEntry({ id: `W${at}`, startedAt: NOON + at, party: withheld }),
    );
    expect(getKeys(...calls)).toEqual([['W1'], ['W0']]);
  });

  test('contain no fax and nothing from before the first sign-in', () => {
    const past = { ...miss('B', 1), callbackMark: { kind: 'past', at: NOON } as const };
    expect(getKeys(createMissedEntry({ id: 'A', channel: 'Fax' }), past)).toEqual([]);
  });

  test('leave out calls that the user ignores', () => {
    const entries = [miss('A', 0), miss('B', 1, '+12025550199')];
    const { items } = getCallbacks(entries, getNumberKey, ({ summary }) => summary.id === 'A');
    expect(items.map(({ key }) => key)).toEqual(['number:+12025550199']);
  });
});

describe('a call to return is settled', () => {
  test('by a call to its number, even before that is answered', () => {
    const { items, settlements } = find(miss('A', 0), outgoing('B', 3, '202-555-0147'));
    expect(items).toEqual([]);
    expect(settlements.get('A')).toEqual({ kind: 'called-back', at: NOON + 3 * MINUTE });
  });

  test('by an answered call from its number', () => {
    const { settlements } = find(miss('A', 0), abandoned('B', 1), answered('C', 5));
    const settlement = { kind: 'called-again', at: NOON + 5 * MINUTE };
    expect([settlements.get('A'), settlements.get('B')]).toEqual([settlement, settlement]);
  });

  test('by none of the calls before it, or with another number', () => {
    expect(
      getKeys(answered('A', 0), outgoing('B', 1), miss('C', 2), answered('D', 3, '+12025550199')),
    ).toEqual([['C']]);
  });

  test('by no call that came before it, even if that was answered later', () => {
    const late = { ...answered('A', 0), answeredAt: NOON + 9 * MINUTE };
    expect(getKeys(late, miss('B', 2))).toEqual([['B']]);
  });

  test('by the first of several calls', () => {
    const { settlements } = find(miss('A', 0), outgoing('C', 9), outgoing('B', 3));
    expect(settlements.get('A')?.at).toBe(NOON + 3 * MINUTE);
  });

  test('not by a fax to its number', () => {
    expect(getKeys(miss('A', 0), { ...outgoing('B', 3), ...fax('B', 3) })).toEqual([['A']]);
  });

  test('by hand, and put back until the next call', () => {
    const done = { ...miss('A', 0), callbackMark: { kind: 'done', at: NOON + 1 } as const };
    expect(find(done).settlements.get('A')).toEqual({ kind: 'by-hand', at: NOON + 1 });
    const at = NOON + 4 * MINUTE;
    const reopened = { ...miss('A', 0), callbackMark: { kind: 'reopened', at } as const };
    expect(getKeys(reopened, outgoing('B', 3))).toEqual([['A']]);
    expect(getKeys(reopened, outgoing('B', 3), outgoing('C', 5))).toEqual([]);
  });

  test('only if the extensions fit', () => {
    const toExtension = miss('A', 0, '+12025550147;ext=12');
    expect(getKeys(toExtension, outgoing('B', 1, '+12025550147;ext=34'))).toEqual([['A']]);
    expect(getKeys(toExtension, outgoing('B', 1, '+12025550147'))).toEqual([]);
  });
});

function fax(id: string, minute: number): LogEntry {
  return createLogEntry({
    id,
    channel: 'Fax',
    direction: 'outgoing',
    startedAt: NOON + minute * MINUTE,
  });
}

const anyCall = fc
  .record({
    kind: fc.constantFrom(miss, answered, outgoing),
    minute: fc.nat(30),
    number: fc.constantFrom('+12025550147', '(202) 555-0147', '+12025550199', '1001'),
  })
  .map(
    ({ kind, minute, number }) =>
      (id: string) =>
        kind(id, minute, number),
  );
const anyLog = fc
  .array(anyCall, { maxLength: 30 })
  .map((calls) => calls.map((c, at) => c(`${at}`)));

describe('for any log', () => {
  test('each unanswered call is either to be returned or settled', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const { items, settlements } = find(...log);
        const open = items.flatMap(({ entries }) => entries.map(({ summary }) => summary.id));
        const unanswered = log.filter(({ outcome }) => outcome.kind === 'missed');
        expect([...open, ...settlements.keys()].sort()).toEqual(
          unanswered.map(({ summary }) => summary.id).sort(),
        );
      }),
    );
  });

  test('the order in which calls become known makes no difference', () => {
    fc.assert(
      fc.property(anyLog, fc.integer(), (log, seed) => {
        const shuffled = log.toSorted(
          (a, b) => hash(a.summary.id, seed) - hash(b.summary.id, seed),
        );
        expect(find(...shuffled).settlements).toEqual(find(...log).settlements);
        expect(
          find(...shuffled)
            .items.map(({ key }) => key)
            .sort(),
        ).toEqual(
          find(...log)
            .items.map(({ key }) => key)
            .sort(),
        );
      }),
    );
  });

  test('a call to every number settles everything', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const numbers = ['+12025550147', '+12025550199', '1001'];
        const calls = numbers.map((number) => outgoing(`to ${number}`, 60, number));
        expect(find(...log, ...calls).items).toEqual([]);
      }),
    );
  });
});

function hash(text: string, seed: number): number {
  return Math.imul(Number(text) + 1, seed | 1) % 1_009;
}
