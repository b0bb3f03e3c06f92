import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  normalizeEntry,
  serializeEntry,
  MAX_LINE_BYTES,
  parseLine,
  type ParsedLine,
} from '../../../src/core/log/serialize';
import type { LogEntry, Outcome } from '../../../src/core/log/entry';
import { PHASES } from '../../../src/core/calls/phase';
import { createMissedEntry, createLogEntry } from './log-entry-fixture';

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
  fc.record({ kind: fc.constant('answered'), by: maybe(text), isOwn: fc.boolean() }),
  fc.record({ kind: fc.constant('missed'), isInferred: fc.boolean(), wasAway: fc.boolean() }),
);
const anyEntry: fc.Arbitrary<LogEntry> = fc.record({
  summary: fc.record({
    id: fc.oneof(
      fc.constantFrom('__proto__', 'constructor', 'toString', '\u2028', '{"v":1}'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 512 }),
    ),
    direction: fc.constantFrom('incoming', 'outgoing'),
    channel: maybe(text),
    party: fc.oneof(
      fc.record({ name: maybe(text), number: maybe(text) }),
      fc.record({
        name: maybe(text),
        number: fc.constant(undefined),
        isWithheld: fc.constant(true),
      }),
      fc.record({
        name: fc.constantFrom(undefined, 'Anonymous'),
        number: fc.constantFrom('+266696687', '101 x2'),
      }),
    ),
    customer: maybe(text),
    customerPath: fc.array(text),
    endpoint: maybe(text),
  }),
  accountLabel: maybe(text),
  outcome,
  startedAt: instant,
  answeredAt: maybe(instant),
  endedAt: maybe(instant),
  ringMs: duration,
  talkMs: duration,
  holdMs: duration,
  segments: fc.array(fc.record({ phase: fc.constantFrom(...PHASES), from: instant })),
  isSeen: fc.boolean(),
});

describe('a saved entry', () => {
  it('comes back as it was kept, whatever its texts are', () => {
    fc.assert(
      fc.property(anyEntry, fc.boolean(), (entry, isProvisional) => {
        const kept = normalizeEntry(entry);
        const line = serializeEntry(kept, { isProvisional });

        expect(line).toMatch(/^[\u0020-\u007f]+$/);
        expect(parseLine(line)).toEqual({ kind: 'entry', entry: kept, isProvisional });
      }),
    );
  });

  it('is bounded, however long the texts are that the server sends', () => {
    const long = '漢'.repeat(10_000);
    const many = Array.from({ length: 1_000 }, () => long);
    const entry = normalizeEntry(
      createLogEntry({
        id: '漢'.repeat(512),
        channel: long,
        party: { name: long, number: long },
        customer: long,
        customerPath: [...many, 'Bright Dental'],
        endpoint: long,
        outcome: { kind: 'answered', by: long, isOwn: false },
        segments: Array.from({ length: 1_000 }, () => ({ phase: 'held', from: -8.64e15 })),
      }),
    );
    expect(serializeEntry(entry).length).toBeLessThan(MAX_LINE_BYTES);
    expect(parseLine(serializeEntry(entry))).toMatchObject({ kind: 'entry', entry });
    expect(entry.summary.customerPath.at(-1)).toBe('Bright Dental');
  });

  it('keeps durations in whole ms', () => {
    expect(normalizeEntry(createLogEntry({ ringMs: 1_234.567 })).ringMs).toBe(1_235);
  });

  it('keeps a name of 300 characters whole', () => {
    const name = 'x'.repeat(300);
    expect(normalizeEntry(createLogEntry({ party: { name } })).summary.party.name).toBe(name);
  });
});

describe('a line that is no entry', () => {
  const line = JSON.parse(serializeEntry(createMissedEntry())) as Record<string, unknown>;
  const reading = (changed: Record<string, unknown>): ParsedLine['kind'] =>
    parseLine(JSON.stringify({ ...line, ...changed })).kind;

  it('is kept for the newer version that wrote it', () => {
    expect(reading({ v: 3 })).toBe('newer');
    expect(parseLine('{"v":3,"something":"else"}').kind).toBe('newer');
  });

  test.each([
    ['nothing', ''],
    ['no JSON', 'hello'],
    ['a torn line', serializeEntry(createMissedEntry()).slice(0, -1)],
    ['a number', '7'],
    ['null', 'null'],
    ['a list', '[]'],
    ['an object', '{}'],
    ['zeros', '\0'.repeat(50)],
    ['JSON nested beyond measure', '['.repeat(60_000)],
  ])('is rubbish: %s', (_what, given) => {
    expect(parseLine(given)).toEqual({ kind: 'invalid' });
  });

  test.each<[string, unknown]>([
    ['v', 0],
    ['v', '1'],
    ['summary', null],
    ['summary', { ...createLogEntry().summary, id: '' }],
    ['summary', { ...createLogEntry().summary, id: 7 }],
    ['summary', { ...createLogEntry().summary, direction: 'sideways' }],
    ['outcome', { kind: 'lost' }],
    ['startedAt', 8.64e15 + 1],
    ['startedAt', '2026-01-01'],
    ['endedAt', null],
    ['holdMs', -1],
    ['segments', [{ phase: 'asleep', from: 0 }]],
    ['isSeen', 'no'],
    ['isProvisional', 1],
  ])('is rubbish where its %s is %j', (field, value) => {
    expect(reading({ [field]: value })).toBe('invalid');
  });

  it('is never an exception', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (given) => {
        expect(['entry', 'newer', 'invalid']).toContain(parseLine(given).kind);
      }),
    );
  });
});
