import { describe, expect, test } from 'vitest';
import type { Session } from '../../../src/core/api/schema';
import { toLogEntry } from '../../../src/core/calls/call';
import { createCallRecord } from '../../../src/core/log/call-record';
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
    const gone = createSession();
    const entry = toLogEntry(createCall([gone, AT]));
    const view = {
      ...entry,
      number: undefined,
      dialable: undefined,
      resolution: undefined,
      voicemail: undefined,
      calledNumber: undefined,
      notes: { number: '', customer: '', priority: 'normal' } as const,
    };
    const details = createSessionDetails('S-1', undefined, undefined, view, false);
    expect(details).toMatchObject({ fields: null, events: [], entry: view });
    expect(details?.segments).toEqual(entry.segments);
  });

  test('uses the record of a session that has ended', () => {
    const gone = createSession({
      log: [{ date: '2026-03-03T09:29:00Z', message: 'Answered' }],
      members: [{ displayName: 'Maya Kent', role: 'Agent' }],
    });
    const entry = {
      ...toLogEntry(createCall([gone, AT])),
      number: undefined,
      dialable: undefined,
      resolution: undefined,
      calledNumber: undefined,
      voicemail: undefined,
      notes: { number: '', customer: '', priority: 'normal' } as const,
    };
    const record = createCallRecord(gone, { id: undefined, name: 'maya kent' }, 1_000);
    const details = createSessionDetails('S-1', undefined, undefined, entry, false, 0, record);
    expect(details?.events).toEqual([{ at: AT - 61_000, message: 'Answered' }]);
    expect(details?.members).toEqual([{ name: 'Maya Kent', role: 'Agent', isCurrentUser: true }]);
  });

  test('returns null for an unknown session', () => {
    expect(createSessionDetails('S-1', undefined, undefined, null, false)).toBeNull();
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
  return createSessionDetails(session.id, session, call, null, false);
}
