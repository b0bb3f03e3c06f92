import { describe, expect, test } from 'vitest';
import type { Session } from '../../src/core/session';
import { entryOf } from '../../src/core/watch/call';
import { detailsOf } from '../../src/main/details';
import { aCall, aSession } from './builders';

const AT = Date.UTC(2026, 2, 3, 9, 30);

describe('the details of a session', () => {
  test('have every field as the server sent it, those that no page lists too', () => {
    const fields = { dialState: 'None', consoleData: '{"a":1}', unheardOf: [1, { two: null }] };
    expect(of(aSession(fields))?.fields).toMatchObject({ id: 'S-1', ...fields });
  });

  test('have what the server wrote, each with its moment as far as it has one', () => {
    const log = [
      { date: '2026-03-03T09:29:00Z', message: 'Ringing' },
      { date: 'yesterday', message: 'Answered' },
      { date: '2026-03-03T09:29:00Z' },
    ];
    expect(of(aSession({ log }))?.events).toEqual([
      { at: AT - 60_000, message: 'Ringing' },
      { at: undefined, message: 'Answered' },
    ]);
  });

  test('have the phases as they were seen', () => {
    expect(of(aSession())?.segments).toEqual([{ phase: 'ringing', from: AT }]);
  });

  test('of a session that is gone are what the log remembers', () => {
    const gone = aSession();
    const entry = entryOf(aCall([gone, AT]));
    const view = { ...entry, number: undefined, dialable: undefined };
    const companion = { session: () => undefined, call: () => undefined };
    const details = detailsOf('S-1', { companion, logView: () => view, canPop: false });
    expect(details).toMatchObject({ fields: null, events: [], entry: view });
    expect(details?.segments).toEqual(entry.segments);
  });

  test('of a session that nobody knows are none', () => {
    const companion = { session: () => undefined, call: () => undefined };
    expect(detailsOf('S-1', { companion, logView: () => null, canPop: false })).toBeNull();
  });
});

describe('details of a hostile size', () => {
  test('have texts of megabytes cut', () => {
    const fields = of(aSession({ consoleData: 'x'.repeat(10_000_000) }))?.fields;
    expect(String(fields?.['consoleData'])).toMatch(/^x{20000}…$/);
  });

  test('have lists and objects of megabytes cut as text', () => {
    const many = Array.from({ length: 100_000 }, (_, at) => ({ at }));
    const fields = of(aSession({ unheardOf: many }))?.fields;
    expect(String(fields?.['unheardOf'])).toMatch(/^\[\{"at":0\},.*…$/);
    expect(String(fields?.['unheardOf'])).toHaveLength(20_001);
  });

  test('have at most the 500 newest events', () => {
    const log = Array.from({ length: 2_000 }, (_, at) => ({ message: `event ${at}` }));
    const events = of(aSession({ log }))?.events ?? [];
    expect(events).toHaveLength(500);
    expect(events.at(-1)?.message).toBe('event 1999');
  });

  test('survive what is nested deeper than functions can call each other', () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    const session = aSession({ unheardOf: JSON.parse(deep) as unknown, fine: 'fine' });
    const fields = of(session)?.fields;
    expect(fields?.['fine']).toBe('fine');
    expect(() => structuredClone(fields)).not.toThrow();
  });

  test('stay small, however many fields there are', () => {
    const many = Object.fromEntries(
      Array.from({ length: 200_000 }, (_, at) => [`field${at}`, 'x'.repeat(100)]),
    );
    const fields = of(aSession(many))?.fields;
    expect(fields?.['id']).toBe('S-1');
    expect(JSON.stringify(fields).length).toBeLessThan(3_000_000);
  });
});

function of(session: Session) {
  const call = aCall([session, AT]);
  const companion = {
    session: (id: string) => (id === session.id ? session : undefined),
    call: (id: string) => (id === session.id ? call : undefined),
  };
  return detailsOf(session.id, { companion, logView: () => null, canPop: false });
}
