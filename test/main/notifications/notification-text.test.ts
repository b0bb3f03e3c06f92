import { describe, expect, test } from 'vitest';
import type { Alert, MissedCall } from '../../../src/core/alerts/alert';
import {
  getNotificationText,
  getCallerName,
} from '../../../src/main/notifications/notification-text';
import { ENGLISH, createCallSummary } from '../builders';

/** 10:42 in the local time zone. */
const AT = new Date(2026, 2, 3, 10, 42).getTime();
const BRIGHT_DENTAL = { customerBreadcrumb: [{ id: 'bright', name: 'Bright Dental' }] };

describe('the notification of a ringing call', () => {
  test('shows the caller, the customer, the endpoint, and the number', () => {
    expect(getRingText(BRIGHT_DENTAL)).toEqual({
      title: 'Grace Hopper is calling Bright Dental',
      body: '+1 202-555-0147 · Front desk',
    });
  });

  test('shows the parents of the customer', () => {
    expect(getRingText().body).toBe('+1 202-555-0147 · Front desk · Northside Group');
  });

  test('shows the number only in the title if there is no name', () => {
    expect(getRingText({ ...BRIGHT_DENTAL, fromName: '+1 (202) 555-0147' })).toEqual({
      title: '+1 202-555-0147 is calling Bright Dental',
      body: 'Front desk',
    });
  });

  test('says that the name comes from the contacts', () => {
    const summary = createCallSummary(BRIGHT_DENTAL);
    const named = { ...summary, party: { ...summary.party, isNameFromContacts: true } };
    expect(getNotificationText({ kind: 'ringing', key: 'S-1', summary: named }, ENGLISH)).toEqual({
      title: 'Grace Hopper is calling Bright Dental',
      body: '+1 202-555-0147 · name from contacts · Front desk',
    });
  });

  test('shows the first message of a chat', () => {
    const chat = createCallSummary({ ...BRIGHT_DENTAL, channel: 'Chat' });
    const summary = { ...chat, firstMessage: 'Hi, are you <b>open</b>?' };
    expect(getNotificationText({ kind: 'ringing', key: 'S-1', summary }, ENGLISH)).toEqual({
      title: 'New chat from Grace Hopper for Bright Dental',
      body: 'Hi, are you <b>open</b>? · +1 202-555-0147 · Front desk',
    });
  });

  test('says that the number is private', () => {
    const withheld = { ...BRIGHT_DENTAL, fromName: null, fromAddress: 'anonymous' };
    expect(getMissedText(withheld).title).toBe('Missed call from a private number');
  });

  test('shows an unknown caller', () => {
    const unknown = { id: 'S-2', fromName: null, fromAddress: null };
    expect(getRingText({ ...unknown, customerName: null, customerBreadcrumb: null })).toEqual({
      title: 'Unknown caller is calling',
      body: 'Front desk',
    });
    const nowhere = { customerName: null, customerBreadcrumb: null, endpointName: null };
    expect(getRingText({ ...unknown, ...nowhere })).toEqual({
      title: 'Unknown caller is calling',
      body: '',
    });
  });

  test('shows that the number is withheld instead of the placeholder', () => {
    const withheld = { ...BRIGHT_DENTAL, fromName: null, fromAddress: '+266696687' };
    expect(getRingText(withheld)).toEqual({
      title: 'Call from a private number for Bright Dental',
      body: 'Front desk',
    });
    expect(getRingText({ ...withheld, fromAddress: '+86282452253' }).title).toBe(
      'Unknown caller is calling Bright Dental',
    );
  });

  test('shows the extension of the number', () => {
    expect(getRingText({ ...BRIGHT_DENTAL, fromAddress: '+14155550100;ext=12' }).body).toBe(
      '+1 415-555-0100 ext. 12 · Front desk',
    );
  });

  test('shortens a long name without splitting an emoji', () => {
    const { title } = getRingText({ fromName: '😀'.repeat(300) });
    expect(title.length).toBeLessThanOrEqual(120);
    expect(title).toMatch(/^(?:😀)+… is calling Bright Dental$/u);
  });

  test('keeps markup and placeholders in a name as text', () => {
    const name = '<b>Grace</b> & {{count}} $t(alert.offline) %s';
    expect(getRingText({ fromName: name }).title).toBe(`${name} is calling Bright Dental`);
    expect(getMissedText({ fromName: name }).title).toBe(`Missed call from ${name}`);
    const customerBreadcrumb = [{ id: 'x', name }];
    expect(getRingText({ customerBreadcrumb, customerName: name }).title).toBe(
      `Grace Hopper is calling ${name}`,
    );
  });

  test('limits the body even if the customer path is megabytes long', () => {
    const customerBreadcrumb = Array.from({ length: 5_000 }, () => ({ name: 'א'.repeat(2_000) }));
    const { body } = getRingText({ customerBreadcrumb });
    expect(body.length).toBeLessThan(600);
    const countParts = (mark: string): number => body.split(mark).length;
    expect(countParts('\u2068')).toBe(countParts('\u2069'));
  });

  test('shows an address that is not a phone number unchanged', () => {
    expect(getRingText({ ...BRIGHT_DENTAL, fromAddress: 'sip:front@example.com' }).body).toBe(
      'front@example.com · Front desk',
    );
  });
});

describe('the notification of grouped rings', () => {
  const createRings = (...names: readonly string[]): Alert => ({
    kind: 'grouped-rings',
    key: 'grouped-rings',
    summaries: names.map((fromName) => createCallSummary({ ...BRIGHT_DENTAL, fromName })),
  });

  test('names the first callers and counts the others', () => {
    expect(getText(createRings('Grace Hopper', 'Alan Turing', 'Ada Byron', 'Maya Kent'))).toEqual({
      title: '4 calls are ringing',
      body: 'Grace Hopper (Bright Dental), Alan Turing (Bright Dental) and 2 more',
    });
  });

  test('names both of two callers', () => {
    expect(getText(createRings('Grace Hopper', 'Alan Turing')).body).toBe(
      'Grace Hopper (Bright Dental) and Alan Turing (Bright Dental)',
    );
  });

  test('names a repeat caller once', () => {
    expect(getText(createRings('Ada', 'Ada', 'Alan')).body).toBe(
      'Ada (Bright Dental) and Alan (Bright Dental)',
    );
  });

  test('is short even if the names are not', () => {
    const { body } = getText(createRings(...Array.from({ length: 50 }, () => 'א'.repeat(2_000))));
    expect(body.length).toBeLessThan(300);
  });
});

describe('the notification of a chat or fax', () => {
  test.each([
    ['Chat', 'New chat from Grace Hopper for Bright Dental', 'Missed chat from Grace Hopper'],
    ['Fax', 'Incoming fax from Grace Hopper for Bright Dental', 'Missed fax from Grace Hopper'],
    ['SMS', 'SMS from Grace Hopper for Bright Dental', 'Missed call from Grace Hopper'],
  ])('says that it is a %s', (channel, ringing, missed) => {
    expect(getRingText({ ...BRIGHT_DENTAL, channel }).title).toBe(ringing);
    expect(getMissedText({ ...BRIGHT_DENTAL, channel }).title).toBe(missed);
  });

  test.each([
    ['Chat', 'New chat from Grace Hopper'],
    ['Fax', 'Incoming fax from Grace Hopper'],
    ['SMS', 'SMS from Grace Hopper'],
  ])('says that it is a %s without a customer', (channel, title) => {
    const nowhere = { customerName: null, customerBreadcrumb: null };
    expect(getRingText({ ...nowhere, channel }).title).toBe(title);
  });
});

describe('the notification of a missed call', () => {
  test('shows the caller, the customer, the time, and how long it rang', () => {
    expect(getMissedText(BRIGHT_DENTAL, { ringMs: 18_000 })).toEqual({
      title: 'Missed call from Grace Hopper',
      body: 'Bright Dental · 10:42 AM · rang 18 s · +1 202-555-0147',
    });
  });

  test('omits how long it rang if that is unknown', () => {
    expect(getMissedText(BRIGHT_DENTAL).body).toBe('Bright Dental · 10:42 AM · +1 202-555-0147');
  });

  test('says that the number is private', () => {
    const withheld = { ...BRIGHT_DENTAL, fromName: null, fromAddress: 'anonymous' };
    expect(getMissedText(withheld).title).toBe('Missed call from a private number');
  });

  test('shows an unknown caller', () => {
    const unknown = { fromName: null, fromAddress: null, customerName: null };
    expect(getMissedText({ ...unknown, customerBreadcrumb: null }, { ringMs: 130_000 })).toEqual({
      title: 'Missed call from Unknown caller',
      body: '10:42 AM · rang 2 min 10 s',
    });
  });
});

describe('the notification of a voicemail', () => {
  function getVoicemailText(
    fields: Readonly<Record<string, unknown>>,
    count = 1,
    transcription?: string,
  ) {
    const summary = createCallSummary(fields);
    const voicemail = { id: 'F-1', summary, durationMs: 32_000, transcription };
    return getText({ kind: 'voicemail', key: 'k', voicemail, count });
  }

  test('shows the caller, the customer, the length, the first words, and the number', () => {
    expect(getVoicemailText(BRIGHT_DENTAL, 1, 'Please call me back…')).toEqual({
      title: 'Voicemail from Grace Hopper for Bright Dental',
      body: '0:32 · “Please call me back…” · +1 202-555-0147',
    });
  });

  test('says that the number is private', () => {
    const withheld = { fromName: null, fromAddress: 'anonymous' };
    const noCustomer = { customerName: null, customerBreadcrumb: null };
    expect(getVoicemailText({ ...BRIGHT_DENTAL, ...withheld })).toEqual({
      title: 'Voicemail from a private number for Bright Dental',
      body: '0:32',
    });
    expect(getVoicemailText({ ...withheld, ...noCustomer }).title).toBe(
      'Voicemail from a private number',
    );
  });

  test('counts several messages and names who left the last one', () => {
    expect(getVoicemailText(BRIGHT_DENTAL, 4)).toEqual({
      title: '4 new voicemails',
      body: 'Grace Hopper · 0:32 · +1 202-555-0147',
    });
  });
});

describe('the digest of missed calls', () => {
  test.each([
    ['away', '3 missed calls while you were away'],
    ['do-not-disturb', '3 missed calls while Do Not Disturb was on'],
  ] as const)('lists the callers and gives the reason %s', (because, title) => {
    const missedCalls = ['Grace Hopper', 'Ada Byron', 'Alan Turing'].map((fromName) =>
      createMissedCall({ fromName }),
    );
    expect(getText({ kind: 'missed-digest', key: 'k', missedCalls, reason: because })).toEqual({
      title,
      body: 'Grace Hopper, Ada Byron, and Alan Turing',
    });
  });

  test('counts the callers after the fourth', () => {
    const missedCalls = ['A', 'B', 'C', 'D', 'E', 'F'].map((fromName) =>
      createMissedCall({ fromName }),
    );
    expect(getText({ kind: 'missed-digest', key: 'k', missedCalls, reason: 'away' }).body).toBe(
      'A, B, C, D and 2 more',
    );
  });
});

test('the notification of a long hold shows the caller and for how long', () => {
  const alert: Alert = {
    kind: 'long-hold',
    key: 'k',
    summary: createCallSummary(BRIGHT_DENTAL),
    limitMs: 120_000,
  };
  expect(getText(alert)).toEqual({
    title: 'Grace Hopper has been on hold for 2 minutes',
    body: 'Bright Dental · +1 202-555-0147 · Front desk',
  });
});

describe('the notification of a connection problem', () => {
  test.each(['offline', 'sign-in', 'forbidden'] as const)(
    'says for %s what happened and what to do',
    (problem) => {
      const { title, body } = getText({ kind: 'connection-problem', key: 'k', problem });
      expect(title).toMatch(/^[A-Z][^!]{10,}$/);
      expect(body).toMatch(/^[A-Z][^!]{20,}\.$/);
      expect(`${title} ${body}`).not.toMatch(/alert\.|\{\{|undefined|\d{3}/);
    },
  );

  test('names the missing role', () => {
    expect(getText({ kind: 'connection-problem', key: 'k', problem: 'forbidden' }).body).toContain(
      '“User”',
    );
  });
});

test('a caller is shown by name, by number, or as unknown', () => {
  expect(getCallerName(createCallSummary(), ENGLISH)).toBe('Grace Hopper');
  expect(getCallerName(createCallSummary({ fromName: null }), ENGLISH)).toBe('+1 202-555-0147');
  const unknown = { fromName: null, fromAddress: null };
  expect(getCallerName(createCallSummary(unknown), ENGLISH)).toBe('Unknown caller');
});

function getText(alert: Alert) {
  const { title, body } = getNotificationText(alert, ENGLISH);
  // A narrow space precedes AM and PM.
  return { title, body: body.replaceAll('\u202f', ' ') };
}

function getRingText(fields: Readonly<Record<string, unknown>> = {}) {
  return getText({ kind: 'ringing', key: 'k', summary: createCallSummary(fields) });
}

function getMissedText(fields: Readonly<Record<string, unknown>>, known: Partial<MissedCall> = {}) {
  return getText({ kind: 'missed', key: 'k', missedCall: createMissedCall(fields, known) });
}

function createMissedCall(
  fields: Readonly<Record<string, unknown>>,
  known: Partial<MissedCall> = {},
): MissedCall {
  return {
    summary: createCallSummary(fields),
    ringingSince: AT,
    ringMs: undefined,
    isInferred: false,
    foundDuring: 'live',
    ...known,
  };
}

describe('with several accounts', () => {
  const summary = createCallSummary(BRIGHT_DENTAL);

  test('a call ends with the account', () => {
    const alert: Alert = { kind: 'ringing', key: 'k', summary, accountLabel: 'maya' };
    expect(getNotificationText(alert, ENGLISH).body).toBe('+1 202-555-0147 · Front desk · maya');
  });

  test('grouped rings show the account', () => {
    const summaries = [summary, summary];
    const alert: Alert = { kind: 'grouped-rings', key: 'k', summaries, accountLabel: 'maya' };
    expect(getNotificationText(alert, ENGLISH).body).toMatch(/ · maya$/);
  });

  test('a connection problem starts with the account', () => {
    const alert: Alert = {
      kind: 'connection-problem',
      key: 'k',
      problem: 'offline',
      accountLabel: 'maya',
    };
    expect(getNotificationText(alert, ENGLISH).body).toMatch(
      /^maya · Showing the last known calls/,
    );
  });

  test('an account name in Arabic does not reorder the text', () => {
    const alert: Alert = { kind: 'ringing', key: 'k', summary, accountLabel: 'مايا' };
    expect(getNotificationText(alert, ENGLISH).body).toMatch(/ · \u2068مايا\u2069$/);
  });
});
