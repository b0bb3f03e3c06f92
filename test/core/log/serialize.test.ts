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
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const instant = fc.integer({ min: -8.64e15, max: 8.64e15 });
const duration = fc.nat();
const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.constantFrom(
    { kind: 'active' },
    { kind: 'outgoing' },
    { kind: 'abandoned' },
    { kind: 'ended' },
  ),
  fc.record({ kind: fc.constant('answered'), by: optional(text), isOwn: fc.boolean() }),
  fc.record({ kind: fc.constant('missed'), isInferred: fc.boolean(), wasAway: fc.boolean() }),
);
const anyEntry: fc.Arbitrary<LogEntry> = fc.record({
  summary: fc.record({
    id: fc.oneof(
      fc.constantFrom('__proto__', 'constructor', 'toString', '\u2028', '{"v":1}'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 512 }),
    ),
    direction: fc.constantFrom('incoming', 'outgoing'),
    channel: optional(text),
    party: fc.oneof(
      fc.record({ name: optional(text), number: optional(text) }),
      fc.record({
        name: optional(text),
        number: fc.constant(undefined),
        isWithheld: fc.constant(true),
      }),
      fc.record({
        name: fc.constantFrom(undefined, 'Anonymous'),
        number: fc.constantFrom('+266696687', '101 x2'),
      }),
    ),
    customer: optional(text),
    customerPath: fc.array(text),
    endpoint: optional(text),
  }),
  accountLabel: optional(text),
  outcome,
  startedAt: instant,
  answeredAt: optional(instant),
  endedAt: optional(instant),
  ringMs: duration,
  talkMs: duration,
  holdMs: duration,
  callbackMark: fc.option(
    fc.record({ kind: fc.constantFrom('done', 'reopened', 'past'), at: instant }),
  ),
  segments: fc.array(fc.record({ phase: fc.constantFrom(...PHASES), from: instant })),
  isSeen: fc.boolean(),
  gap: optional(fc.record({ from: instant, to: instant })),
  record: optional(
    fc.record({
      members: fc.array(
        fc.record({ name: optional(text), role: optional(text), isCurrentUser: fc.boolean() }),
      ),
      events: fc.array(fc.record({ at: optional(instant), message: text })),
      calledNumber: optional(text),
      customerId: optional(text),
      callSid: optional(text),
    }),
  ),
});

describe('serializeEntry and parseLine', () => {
  it('restore any normalized entry', () => {
    fc.assert(
      fc.property(anyEntry, fc.boolean(), (entry, isProvisional) => {
        const normalized = normalizeEntry(entry);
        const line = serializeEntry(normalized, { isProvisional });

        expect(line).toMatch(/^[\u0020-\u007f]+$/);
        expect(parseLine(line)).toEqual({ kind: 'entry', entry: normalized, isProvisional });
      }),
    );
  });
});

describe('normalizeEntry', () => {
  it('limits the size of an entry with very long texts', () => {
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
        record: {
          members: many.map((name) => ({ name, role: name, isCurrentUser: false })),
          events: [...many, 'The latest'].map((message) => ({ at: -8.64e15, message })),
          calledNumber: long,
          customerId: long,
          callSid: long,
        },
      }),
    );
    expect(serializeEntry(entry).length).toBeLessThan(MAX_LINE_BYTES);
    expect(parseLine(serializeEntry(entry))).toMatchObject({ kind: 'entry', entry });
    expect(entry.summary.customerPath.at(-1)).toBe('Bright Dental');
    expect(entry.record?.members).toHaveLength(20);
    expect(entry.record?.events.at(-1)?.message).toBe('The latest');
  });

  it('rounds durations to whole milliseconds', () => {
    expect(normalizeEntry(createLogEntry({ ringMs: 1_234.567 })).ringMs).toBe(1_235);
  });

  it('keeps a name of 300 characters', () => {
    const name = 'x'.repeat(300);
    expect(normalizeEntry(createLogEntry({ party: { name } })).summary.party.name).toBe(name);
  });
});

describe('parseLine', () => {
  const line = JSON.parse(serializeEntry(createMissedEntry())) as Record<string, unknown>;
  const getKind = (changed: Record<string, unknown>): ParsedLine['kind'] =>
    parseLine(JSON.stringify({ ...line, ...changed })).kind;

  it('recognizes a line of a newer version', () => {
    expect(getKind({ v: 3 })).toBe('newer');
    expect(parseLine('{"v":3,"something":"else"}').kind).toBe('newer');
  });

  test.each([undefined, null, 'damaged', { members: 7 }])(
    'reads an entry with the record %o as one without',
    (record) => {
      const parsed = parseLine(JSON.stringify({ ...line, record }));
      expect(parsed.kind === 'entry' && parsed.entry).toEqual(createMissedEntry());
    },
  );

  test.each([
    ['an empty line', ''],
    ['plain text', 'hello'],
    ['a truncated line', serializeEntry(createMissedEntry()).slice(0, -1)],
    ['a number', '7'],
    ['null', 'null'],
    ['a list', '[]'],
    ['an object', '{}'],
    ['zeros', '\0'.repeat(50)],
    ['deeply nested JSON', '['.repeat(60_000)],
  ])('rejects %s', (_what, given) => {
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
    ['gap', { from: 0 }],
    ['isProvisional', 1],
  ])('rejects an entry whose %s is %j', (field, value) => {
    expect(getKind({ [field]: value })).toBe('invalid');
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (given) => {
        expect(['entry', 'newer', 'invalid']).toContain(parseLine(given).kind);
      }),
    );
  });
});
