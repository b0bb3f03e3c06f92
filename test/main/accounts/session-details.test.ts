import { describe, expect, test } from 'vitest';
import type { Session } from '../../../src/core/api/schema';
import { toLogEntry } from '../../../src/core/calls/call';
import { createCallRecord } from '../../../src/core/log/call-record';
import type { LogEntry } from '../../../src/core/log/entry';
import { createSessionDetails } from '../../../src/main/accounts/session-details';
import { createCall, createSession } from '../builders';

const AT = Date.UTC(2026, 2, 3, 9, 30);

describe('createSessionDetails', () => {
  test('returns every field that the server sent, including unknown ones', () => {
    const fields = { dialState: 'None', consoleData: '{"a":1}', unknownField: [1, { two: null }] };
    expect(getDetails(createSession(fields))?.fields).toMatchObject({ id: 'S-1', ...fields });
  });

  test('returns the server’s events with their times if they are valid', () => {
    const log = [
      { date: '2026-03-03T09:29:00Z', message: 'Ringing' },
      { date: 'yesterday', message: 'Answered' },
      { date: '2026-03-03T09:29:00Z' },
    ];
    expect(getDetails(createSession({ log }))?.events).toEqual([
      { at: AT - 60_000, message: 'Ringing' },
      { at: undefined, message: 'Answered' },
    ]);
  });

  test('returns the phases that Ringside saw', () => {
    expect(getDetails(createSession())?.segments).toEqual([{ phase: 'ringing', from: AT }]);
  });

  test('uses the call log for a session that has ended', () => {
    const gone = createSession({
      log: [{ date: '2026-03-03T09:29:00Z', message: 'Answered' }],
      members: [{ displayName: 'Maya Kent', role: 'Agent' }],
    });
    const record = createCallRecord(gone, { id: undefined, name: 'maya kent' }, 1_000);
    const entry = { ...toLogEntry(createCall([gone, AT])), record };
    const details = getLoggedDetails(entry);
    expect(details?.segments).toEqual(entry.segments);
    expect(details?.events).toEqual([{ at: AT - 61_000, message: 'Answered' }]);
    expect(details?.members).toEqual([{ name: 'Maya Kent', role: 'Agent', isCurrentUser: true }]);
    expect(details?.fields).toStrictEqual({
      ...entry.summary,
      outcome: { kind: 'active' },
      startedAt: '2026-03-03T09:30:00.000Z',
      ringMs: 0,
      talkMs: 0,
      holdMs: 0,
      segments: [{ phase: 'ringing', from: '2026-03-03T09:30:00.000Z' }],
      members: [{ name: 'Maya Kent', role: 'Agent', isCurrentUser: true }],
      events: [{ at: '2026-03-03T09:28:59.000Z', message: 'Answered' }],
    });
  });

  test('uses an entry of an old version, which has no record', () => {
    expect(getLoggedDetails(toLogEntry(createCall([createSession(), AT])))).toMatchObject({
      fields: { id: 'S-1', members: [], events: [] },
      events: [],
      members: [],
    });
  });

  test('returns null for an unknown session', () => {
    expect(createSessionDetails('S-1', undefined, undefined, undefined, null, false)).toBeNull();
  });
});

describe('createSessionDetails, for an oversized session,', () => {
  test('shortens long texts', () => {
    const fields = getDetails(createSession({ consoleData: 'x'.repeat(10_000_000) }))?.fields;
    expect(String(fields?.['consoleData'])).toMatch(/^x{20000}…$/);
  });

  test('shortens long lists and objects as text', () => {
    const many = Array.from({ length: 100_000 }, (_, at) => ({ at }));
    const fields = getDetails(createSession({ unknownField: many }))?.fields;
    expect(String(fields?.['unknownField'])).toMatch(/^\[\{"at":0\},.*…$/);
    expect(String(fields?.['unknownField'])).toHaveLength(20_001);
  });

  test('returns the 500 newest events', () => {
    const log = Array.from({ length: 2_000 }, (_, at) => ({ message: `event ${at}` }));
    const events = getDetails(createSession({ log }))?.events ?? [];
    expect(events).toHaveLength(500);
    expect(events.at(-1)?.message).toBe('event 1999');
  });

  test('omits deeply nested values', () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    const session = createSession({ unknownField: JSON.parse(deep) as unknown, fine: 'fine' });
    const fields = getDetails(session)?.fields;
    expect(fields?.['fine']).toBe('fine');
    expect(() => structuredClone(fields)).not.toThrow();
  });

  test('limits the number of fields', () => {
    const many = Object.fromEntries(
      Array.from({ length: 200_000 }, (_, at) => [`field${at}`, 'x'.repeat(100)]),
    );
    const fields = getDetails(createSession(many))?.fields;
    expect(fields?.['id']).toBe('S-1');
    expect(JSON.stringify(fields).length).toBeLessThan(3_000_000);
  });
});

function getDetails(session: Session) {
  const call = createCall([session, AT]);
  return createSessionDetails(session.id, session, call, undefined, null, false);
}

function getLoggedDetails(entry: LogEntry) {
  return createSessionDetails('S-1', undefined, undefined, entry, null, false);
}
