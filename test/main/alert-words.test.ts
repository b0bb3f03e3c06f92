import { describe, expect, test } from 'vitest';
import type { Alert, Miss } from '../../src/core/alert';
import { alertWords, callerName } from '../../src/main/alert-words';
import { ENGLISH, someFacts } from './builders';

/** In the time zone of whoever runs this. */
const AT = new Date(2026, 2, 3, 10, 42).getTime();
const BRIGHT = { customerBreadcrumb: [{ id: 'bright', name: 'Bright Dental' }] };

describe('a ringing call', () => {
  test('says who, for whom, where and from which number', () => {
    expect(ringing(BRIGHT)).toEqual({
      title: 'Grace Hopper',
      body: 'for Bright Dental · Front desk · +1 202-555-0147',
    });
  });

  test('names the customers above the customer', () => {
    expect(ringing().body).toBe(
      'for Northside Group › Bright Dental · Front desk · +1 202-555-0147',
    );
  });

  test('of whom only the number is known has the number for a name, once', () => {
    expect(ringing({ ...BRIGHT, fromName: '+1 (202) 555-0147' })).toEqual({
      title: '+1 202-555-0147',
      body: 'for Bright Dental · Front desk',
    });
  });

  test('of whom nothing is known says so', () => {
    const nobody = { id: 'S-2', fromName: null, fromAddress: null };
    expect(ringing({ ...nobody, customerName: null, customerBreadcrumb: null })).toEqual({
      title: 'Unknown caller',
      body: 'Front desk',
    });
    const nowhere = { customerName: null, customerBreadcrumb: null, endpointName: null };
    expect(ringing({ ...nobody, ...nowhere })).toEqual({ title: 'Unknown caller', body: '' });
  });

  test('of somebody with a very long name is cut, with nothing cut in half', () => {
    const { title } = ringing({ fromName: '😀'.repeat(300) });
    expect(title.length).toBeLessThanOrEqual(120);
    expect(title).toMatch(/^(?:😀)+…$/u);
  });

  test('leaves what a name says as it is: text, not markup and no placeholder', () => {
    const name = '<b>Grace</b> & {{count}} $t(alert.offline) %s';
    expect(ringing({ fromName: name }).title).toBe(name);
    expect(missed({ fromName: name }).title).toBe(`Missed call from ${name}`);
    const customerBreadcrumb = [{ id: 'x', name }];
    expect(ringing({ customerBreadcrumb, customerName: name }).body).toContain(`for ${name} ·`);
  });

  test('for whom it says megabytes has a body that a desktop can take', () => {
    const customerBreadcrumb = Array.from({ length: 5_000 }, () => ({ name: 'א'.repeat(2_000) }));
    const { body } = ringing({ customerBreadcrumb });
    expect(body.length).toBeLessThan(600);
    const marks = (mark: string): number => body.split(mark).length;
    expect(marks('\u2068')).toBe(marks('\u2069'));
  });

  test('with a number that is none shows it as it came', () => {
    expect(ringing({ ...BRIGHT, fromAddress: 'sip:front@example.com' }).body).toBe(
      'for Bright Dental · Front desk · front@example.com',
    );
  });
});

test.each([
  [4, '4 calls are ringing'],
  [12, '12 calls are ringing'],
])('many ringing calls are counted', (count, title) => {
  expect(words({ kind: 'ringing-many', key: 'ringing-many', count })).toEqual({ title, body: '' });
});

describe('a missed call', () => {
  test('says who, for whom, when and how long it rang', () => {
    expect(missed(BRIGHT, { rang: 18_000 })).toEqual({
      title: 'Missed call from Grace Hopper',
      body: 'for Bright Dental · 10:42 AM · rang 18 s',
    });
  });

  test('that was never seen ringing says nothing of how long', () => {
    expect(missed(BRIGHT).body).toBe('for Bright Dental · 10:42 AM');
  });

  test('of nobody known', () => {
    const nobody = { fromName: null, fromAddress: null, customerName: null };
    expect(missed({ ...nobody, customerBreadcrumb: null }, { rang: 130_000 })).toEqual({
      title: 'Missed call from Unknown caller',
      body: '10:42 AM · rang 2 min 10 s',
    });
  });
});

describe('several missed calls', () => {
  test.each([
    ['away', '3 missed calls while you were away'],
    ['silence', '3 missed calls while Do Not Disturb was on'],
  ] as const)('found after %s come as one digest with their names', (because, title) => {
    const misses = ['Grace Hopper', 'Ada Byron', 'Alan Turing'].map((fromName) =>
      miss({ fromName }),
    );
    expect(words({ kind: 'missed-many', key: 'k', misses, because })).toEqual({
      title,
      body: 'Grace Hopper · Ada Byron · Alan Turing',
    });
  });

  test('of more than four the rest is counted', () => {
    const misses = ['A', 'B', 'C', 'D', 'E', 'F'].map((fromName) => miss({ fromName }));
    expect(words({ kind: 'missed-many', key: 'k', misses, because: 'away' }).body).toBe(
      'A · B · C · D · and 2 more',
    );
  });
});

test('a long hold says who and since when', () => {
  const alert: Alert = { kind: 'held-long', key: 'k', facts: someFacts(BRIGHT), limit: 120_000 };
  expect(words(alert)).toEqual({
    title: 'Grace Hopper has been on hold for 2 min',
    body: 'for Bright Dental · Front desk · +1 202-555-0147',
  });
});

describe('trouble', () => {
  test.each(['offline', 'sign-in', 'forbidden'] as const)(
    '%s says what happened, what Ringside does and what the person can do',
    (trouble) => {
      const { title, body } = words({ kind: 'trouble', key: 'k', trouble });
      expect(title).toMatch(/^[A-Z][^!]{10,}$/);
      expect(body).toMatch(/^[A-Z][^!]{20,}\.$/);
      expect(`${title} ${body}`).not.toMatch(/alert\.|\{\{|undefined|\d{3}/);
    },
  );

  test('about a missing role names it', () => {
    expect(words({ kind: 'trouble', key: 'k', trouble: 'forbidden' }).body).toContain('“User”');
  });
});

test('a caller is known by name, else by number, else not at all', () => {
  expect(callerName(someFacts(), ENGLISH)).toBe('Grace Hopper');
  expect(callerName(someFacts({ fromName: null }), ENGLISH)).toBe('+1 202-555-0147');
  const nobody = { fromName: null, fromAddress: null };
  expect(callerName(someFacts(nobody), ENGLISH)).toBe('Unknown caller');
});

function words(alert: Alert) {
  const { title, body } = alertWords(alert, ENGLISH);
  // The space before AM and PM is a narrow one.
  return { title, body: body.replaceAll('\u202f', ' ') };
}

function ringing(fields: Readonly<Record<string, unknown>> = {}) {
  return words({ kind: 'ringing', key: 'k', facts: someFacts(fields) });
}

function missed(fields: Readonly<Record<string, unknown>>, known: Partial<Miss> = {}) {
  return words({ kind: 'missed', key: 'k', miss: miss(fields, known) });
}

function miss(fields: Readonly<Record<string, unknown>>, known: Partial<Miss> = {}): Miss {
  return {
    facts: someFacts(fields),
    at: AT,
    rang: undefined,
    inferred: false,
    found: 'now',
    ...known,
  };
}

describe('where there are several accounts', () => {
  const facts = someFacts(BRIGHT);

  test('a call says last whose it is', () => {
    const alert: Alert = { kind: 'ringing', key: 'k', facts, account: 'maya' };
    expect(alertWords(alert, ENGLISH).body).toBe(
      'for Bright Dental · Front desk · +1 202-555-0147 · maya',
    );
  });

  test('what else says nothing says whose it is', () => {
    const alert: Alert = { kind: 'ringing-many', key: 'k', count: 4, account: 'maya' };
    expect(alertWords(alert, ENGLISH)).toEqual({ title: '4 calls are ringing', body: 'maya' });
  });

  test('trouble says first whose it is', () => {
    const alert: Alert = { kind: 'trouble', key: 'k', trouble: 'offline', account: 'maya' };
    expect(alertWords(alert, ENGLISH).body).toMatch(/^maya · Showing the last known calls/);
  });

  test('a name that runs the other way keeps to its place', () => {
    const alert: Alert = { kind: 'ringing', key: 'k', facts, account: 'مايا' };
    expect(alertWords(alert, ENGLISH).body).toMatch(/ · \u2068مايا\u2069$/);
  });
});
