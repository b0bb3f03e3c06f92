import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createNumberKeys } from '../../../src/core/calls/number-key';
import { getCallbacks } from '../../../src/core/log/callbacks';
import type { LogEntry } from '../../../src/core/log/entry';
import { createMissedEntry, createLogEntry } from './log-entry-fixture';

const NOON = Date.UTC(2026, 2, 4, 12);
const MINUTE = 60_000;
const getNumberKey = createNumberKeys('US');
const findCallbacks = (...entries: readonly LogEntry[]) => getCallbacks(entries, getNumberKey);
const getKeys = (...entries: readonly LogEntry[]) =>
  findCallbacks(...entries).items.map((item) => item.entries.map(({ summary }) => summary.id));

const createMissed = (id: string, minute: number, number: string | undefined = '+12025550147') =>
  createMissedEntry({ id, startedAt: NOON + minute * MINUTE, party: { number } });
const createAnswered = (id: string, minute: number, number = '+12025550147') =>
  createLogEntry({ id, startedAt: NOON + minute * MINUTE, party: { number } });
const createOutgoing = (id: string, minute: number, number = '+12025550147') =>
  createLogEntry({
    id,
    direction: 'outgoing',
    outcome: { kind: 'active' },
    answeredAt: undefined,
    startedAt: NOON + minute * MINUTE,
    party: { number },
  });
const createAbandoned = (id: string, minute: number) =>
  createLogEntry({ id, outcome: { kind: 'abandoned' }, startedAt: NOON + minute * MINUTE });

describe('getCallbacks', () => {
  test('lists missed and abandoned calls, latest first', () => {
    expect(
      getKeys(
        createMissed('A', 0, '+12025550101'),
        createAnswered('B', 1, '+12025550102'),
        createAbandoned('C', 2),
      ),
    ).toEqual([['C'], ['A']]);
  });

  test('groups the calls of a caller in any notation of the number', () => {
    const entries = [
      createMissed('A', 0),
      createMissed('B', 5, '(202) 555-0147'),
      createMissed('C', 2, '+12025550199'),
    ];
    expect(getKeys(...entries)).toEqual([['B', 'A'], ['C']]);
  });

  test('lists calls without a number separately', () => {
    const withheld = { name: undefined, number: undefined, isWithheld: true };
    const calls = [0, 1].map((index) =>
      createMissedEntry({ id: `W${index}`, startedAt: NOON + index, party: withheld }),
    );
    expect(getKeys(...calls)).toEqual([['W1'], ['W0']]);
  });

  test('skips faxes and calls from before the first sign-in', () => {
    const past = { ...createMissed('B', 1), callbackMark: { kind: 'past', at: NOON } as const };
    expect(getKeys(createMissedEntry({ id: 'A', channel: 'Fax' }), past)).toEqual([]);
  });

  test('skips calls that the user ignores', () => {
    const entries = [createMissed('A', 0), createMissed('B', 1, '+12025550199')];
    const { items } = getCallbacks(entries, getNumberKey, ({ summary }) => summary.id === 'A');
    expect(items.map(({ key }) => key)).toEqual(['number:+12025550199']);
  });
});

describe('the resolutions of getCallbacks', () => {
  test('include a call to the number even before it is answered', () => {
    const { items, resolutions } = findCallbacks(
      createMissed('A', 0),
      createOutgoing('B', 3, '202-555-0147'),
    );
    expect(items).toEqual([]);
    expect(resolutions.get('A')).toEqual({ kind: 'called-back', at: NOON + 3 * MINUTE });
  });

  test('include an answered call from the number', () => {
    const { resolutions } = findCallbacks(
      createMissed('A', 0),
      createAbandoned('B', 1),
      createAnswered('C', 5),
    );
    const resolution = { kind: 'answered-later', at: NOON + 5 * MINUTE };
    expect([resolutions.get('A'), resolutions.get('B')]).toEqual([resolution, resolution]);
  });

  test('exclude earlier calls and calls with another number', () => {
    expect(
      getKeys(
        createAnswered('A', 0),
        createOutgoing('B', 1),
        createMissed('C', 2),
        createAnswered('D', 3, '+12025550199'),
      ),
    ).toEqual([['C']]);
  });

  test('exclude calls that started earlier, even if they were answered later', () => {
    const late = { ...createAnswered('A', 0), answeredAt: NOON + 9 * MINUTE };
    expect(getKeys(late, createMissed('B', 2))).toEqual([['B']]);
  });

  test('name the first of several calls', () => {
    const { resolutions } = findCallbacks(
      createMissed('A', 0),
      createOutgoing('C', 9),
      createOutgoing('B', 3),
    );
    expect(resolutions.get('A')?.at).toBe(NOON + 3 * MINUTE);
  });

  test('exclude a fax to the number', () => {
    expect(
      getKeys(createMissed('A', 0), { ...createOutgoing('B', 3), ...createFax('B', 3) }),
    ).toEqual([['A']]);
  });

  test('include calls marked as done, which can be reopened until the next call', () => {
    const done = { ...createMissed('A', 0), callbackMark: { kind: 'done', at: NOON + 1 } as const };
    expect(findCallbacks(done).resolutions.get('A')).toEqual({ kind: 'marked-done', at: NOON + 1 });
    const at = NOON + 4 * MINUTE;
    const reopened = { ...createMissed('A', 0), callbackMark: { kind: 'reopened', at } as const };
    expect(getKeys(reopened, createOutgoing('B', 3))).toEqual([['A']]);
    expect(getKeys(reopened, createOutgoing('B', 3), createOutgoing('C', 5))).toEqual([]);
  });

  test('require a matching extension', () => {
    const toExtension = createMissed('A', 0, '+12025550147;ext=12');
    expect(getKeys(toExtension, createOutgoing('B', 1, '+12025550147;ext=34'))).toEqual([['A']]);
    expect(getKeys(toExtension, createOutgoing('B', 1, '+12025550147'))).toEqual([]);
  });
});

function createFax(id: string, minute: number): LogEntry {
  return createLogEntry({
    id,
    channel: 'Fax',
    direction: 'outgoing',
    startedAt: NOON + minute * MINUTE,
  });
}

const anyCall = fc
  .record({
    kind: fc.constantFrom(createMissed, createAnswered, createOutgoing),
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
  .map((calls) => calls.map((create, index) => create(`${index}`)));

describe('getCallbacks, for any log,', () => {
  test('lists or resolves each unanswered call', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const { items, resolutions } = findCallbacks(...log);
        const open = items.flatMap(({ entries }) => entries.map(({ summary }) => summary.id));
        const unanswered = log.filter(({ outcome }) => outcome.kind === 'missed');
        expect([...open, ...resolutions.keys()].sort()).toEqual(
          unanswered.map(({ summary }) => summary.id).sort(),
        );
      }),
    );
  });

  test('ignores the order of the entries', () => {
    fc.assert(
      fc.property(anyLog, fc.integer(), (log, seed) => {
        const shuffled = log.toSorted(
          (a, b) => hash(a.summary.id, seed) - hash(b.summary.id, seed),
        );
        expect(findCallbacks(...shuffled).resolutions).toEqual(findCallbacks(...log).resolutions);
        expect(
          findCallbacks(...shuffled)
            .items.map(({ key }) => key)
            .sort(),
        ).toEqual(
          findCallbacks(...log)
            .items.map(({ key }) => key)
            .sort(),
        );
      }),
    );
  });

  test('lists nothing after a call to every number', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const numbers = ['+12025550147', '+12025550199', '1001'];
        const calls = numbers.map((number) => createOutgoing(`to ${number}`, 60, number));
        expect(findCallbacks(...log, ...calls).items).toEqual([]);
      }),
    );
  });
});

function hash(text: string, seed: number): number {
  return Math.imul(Number(text) + 1, seed | 1) % 1_009;
}
