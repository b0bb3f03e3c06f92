import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  keptEntry,
  lineOf,
  LONGEST_LINE,
  readLine,
  type SavedLine,
} from '../../../src/core/log/saved-entry';
import type { LogEntry, Outcome } from '../../../src/core/log-entry';
import { PHASES } from '../../../src/core/phase';
import { aMiss, anEntry } from './an-entry';

const text = fc.string({ unit: 'binary', maxLength: 40 });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const instant = fc.integer({ min: -8.64e15, max: 8.64e15 });
const duration = fc.nat();
const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.constantFrom(
    { kind: 'active' },
    { kind: 'outgoing' },
    { kind: 'abandoned' },
    { kind: 'ended' },
  ),
  fc.record({ kind: fc.constant('answered'), by: maybe(text), byMe: fc.boolean() }),
  fc.record({ kind: fc.constant('missed'), inferred: fc.boolean(), away: fc.boolean() }),
);
const anyEntry: fc.Arbitrary<LogEntry> = fc.record({
  facts: fc.record({
    id: fc.oneof(
      fc.constantFrom('__proto__', 'constructor', 'toString', '\u2028', '{"v":1}'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 512 }),
    ),
    direction: fc.constantFrom('incoming', 'outgoing'),
    channel: maybe(text),
    party: fc.record({ name: maybe(text), number: maybe(text) }),
    place: fc.record({ customer: maybe(text), path: fc.array(text), endpoint: maybe(text) }),
  }),
  account: maybe(text),
  outcome,
  startedAt: instant,
  answeredAt: maybe(instant),
  endedAt: maybe(instant),
  rang: duration,
  talked: duration,
  held: duration,
  segments: fc.array(fc.record({ phase: fc.constantFrom(...PHASES), from: instant })),
  seen: fc.boolean(),
});

describe('a saved entry', () => {
  it('comes back as it was kept, whatever its texts are', () => {
    fc.assert(
      fc.property(anyEntry, fc.boolean(), (entry, blind) => {
        const kept = keptEntry(entry);
        const line = lineOf(kept, { blind });

        expect(line).toMatch(/^[\u0020-\u007f]+$/);
        expect(readLine(line)).toEqual({ kind: 'entry', entry: kept, blind });
      }),
    );
  });

  it('is bounded, however long the texts are that the server sends', () => {
    const long = '漢'.repeat(10_000);
    const many = Array.from({ length: 1_000 }, () => long);
    const entry = keptEntry(
      anEntry({
        id: '漢'.repeat(512),
        channel: long,
        party: { name: long, number: long },
        place: { customer: long, path: [...many, 'Bright Dental'], endpoint: long },
        outcome: { kind: 'answered', by: long, byMe: false },
        segments: Array.from({ length: 1_000 }, () => ({ phase: 'held', from: -8.64e15 })),
      }),
    );
    expect(lineOf(entry).length).toBeLessThan(LONGEST_LINE);
    expect(readLine(lineOf(entry))).toMatchObject({ kind: 'entry', entry });
    expect(entry.facts.place.path.at(-1)).toBe('Bright Dental');
  });

  it('keeps durations in whole ms', () => {
    expect(keptEntry(anEntry({ rang: 1_234.567 })).rang).toBe(1_235);
  });

  it('keeps a name of 300 characters whole', () => {
    const name = 'x'.repeat(300);
    expect(keptEntry(anEntry({ party: { name } })).facts.party.name).toBe(name);
  });
});

describe('a line that is no entry', () => {
  const line = JSON.parse(lineOf(aMiss())) as Record<string, unknown>;
  const reading = (changed: Record<string, unknown>): SavedLine['kind'] =>
    readLine(JSON.stringify({ ...line, ...changed })).kind;

  it('is kept for the newer version that wrote it', () => {
    expect(reading({ v: 2 })).toBe('newer');
    expect(readLine('{"v":2,"something":"else"}').kind).toBe('newer');
  });

  test.each([
    ['nothing', ''],
    ['no JSON', 'hello'],
    ['a torn line', lineOf(aMiss()).slice(0, -1)],
    ['a number', '7'],
    ['null', 'null'],
    ['a list', '[]'],
    ['an object', '{}'],
    ['zeros', '\0'.repeat(50)],
    ['JSON nested beyond measure', '['.repeat(60_000)],
  ])('is rubbish: %s', (_what, given) => {
    expect(readLine(given)).toEqual({ kind: 'rubbish' });
  });

  test.each<[string, unknown]>([
    ['v', 0],
    ['v', '1'],
    ['facts', null],
    ['facts', { ...anEntry().facts, id: '' }],
    ['facts', { ...anEntry().facts, id: 7 }],
    ['facts', { ...anEntry().facts, direction: 'sideways' }],
    ['outcome', { kind: 'lost' }],
    ['startedAt', 8.64e15 + 1],
    ['startedAt', '2026-01-01'],
    ['endedAt', null],
    ['held', -1],
    ['segments', [{ phase: 'asleep', from: 0 }]],
    ['seen', 'no'],
    ['blind', 1],
  ])('is rubbish where its %s is %j', (field, value) => {
    expect(reading({ [field]: value })).toBe('rubbish');
  });

  it('is never an exception', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (given) => {
        expect(['entry', 'newer', 'rubbish']).toContain(readLine(given).kind);
      }),
    );
  });
});
