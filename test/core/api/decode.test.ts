import { describe, expect, test } from 'vitest';
import { decodeSessions } from '../../../src/core/api/decode';
import type { RawFields, Session } from '../../../src/core/api/schema';
import { createSession, toApiSession } from '../session-fixture';

/** A session with every field of the vendor's page, in the page's order. */
const EVERY_FIELD = {
  dialState: 'Active',
  callState: 'Connected',
  queueState: 'Queued',
  accountId: 'A-1',
  accountName: 'Northside Answering',
  customerId: 'C-2',
  customerBreadcrumb: [
    { id: 'C-1', name: 'Northside Group' },
    { id: 'C-2', name: 'Bright Dental' },
  ],
  customerName: 'Bright Dental',
  endpointId: 'E-1',
  endpointName: 'Front desk',
  dateCompleted: '2017-03-14T11:05:00Z',
  destination: '555-0147',
  toAddress: '+12025550100',
  fromAddress: '+12025550147',
  fromName: 'Grace Hopper',
  answeredByName: 'Ada Lovelace',
  queueMemberId: 'QM-1',
  channel: 'Voice',
  ended: false,
  outcome: 'Completed',
  callSid: 'CA1',
  consoleData: '{"note":"VIP"}',
  holdQueueName: 'Support',
  heldByUserId: 'U-1',
  holdReason: 'Transferring',
  conferenceSid: 'CF1',
  displayName: 'Grace',
  log: [{ date: '/Date(1489489270000)/', message: 'Answered' }],
  members: [
    {
      identity: 'ada',
      endpointId: 'E-1',
      displayName: 'Ada Lovelace',
      isOriginalMember: true,
      avatarUrl: 'https://example.org/ada.png',
      applicationData: { mood: 'fine' },
      callState: 'Connected',
      role: 'Agent',
      callSid: 'CA2',
      muted: true,
    },
  ],
  callbackNumber: '+12025550148',
  answeredById: 'E-1',
  direction: 'Incoming',
  fromPhoneNumber: '+12025550149',
  mostRecentParticipantCallSid: 'CA3',
  wasMissed: false,
  ringQueueId: 'RQ-1',
  id: 'S-1',
  dateCreated: '2017-03-14T11:01:10.1234567',
  dateLastModified: '/Date(1489489270000+0200)/',
  createdBy: 'system',
  lastModifiedBy: 'ada',
} satisfies RawFields;

const EVERY_ENUM = {
  dialState: ['None', 'Active'],
  callState: ['Disconnected', 'Ringing', 'Connected', 'Hold', 'Passive'],
  queueState: ['None', 'Queued', 'Ringing', 'Connected', 'Hold', 'Disconnected'],
  channel: ['Voice', 'Chat', 'Fax'],
  holdReason: ['None', 'Transferring'],
  direction: ['Incoming', 'Outgoing'],
};

const MEMBER_ENUM = {
  callState: ['None', 'Ringing', 'Connected', 'Hold'],
  role: ['None', 'Caller', 'Agent', 'Transfer'],
};

const FLAGS: readonly string[] = ['ended', 'wasMissed', 'isOriginalMember', 'muted'];
const LISTS: readonly string[] = ['customerBreadcrumb', 'log', 'members'];

/** Values of every other type than a field may have. */
function wrongFor(field: string): readonly unknown[] {
  const everything = [null, 0, 1, 1e300, true, false, 'text', [], ['x'], {}, { id: 'x' }];
  if (FLAGS.includes(field)) return everything.filter((value) => typeof value !== 'boolean');
  if (LISTS.includes(field)) return everything.filter((value) => !Array.isArray(value));
  if (field === 'applicationData') {
    return everything.filter((value) => typeof value !== 'object' || Array.isArray(value));
  }
  return everything.filter((value) => typeof value !== 'string');
}

function only(json: unknown): Session | undefined {
  const decoded = decodeSessions(json);
  return decoded.ok ? decoded.sessions[0] : undefined;
}

/** What of a session is known. */
function known(value: object | undefined): object {
  return Object.fromEntries(Object.entries(value ?? {}).filter(([, field]) => field !== undefined));
}

describe('a session', () => {
  test('has every field of the page', () => {
    const { raw, ...fields } = only({ sessions: [EVERY_FIELD] }) ?? {};
    expect(fields).toEqual({
      ...EVERY_FIELD,
      dateCompleted: Date.UTC(2017, 2, 14, 11, 5),
      dateCreated: Date.UTC(2017, 2, 14, 11, 1, 10, 123),
      dateLastModified: Date.UTC(2017, 2, 14, 11, 1, 10),
      log: [{ date: Date.UTC(2017, 2, 14, 11, 1, 10), message: 'Answered' }],
    });
    expect(raw).toBe(EVERY_FIELD);
  });

  test.each(Object.entries(EVERY_ENUM))('knows every %s', (field, values) => {
    for (const value of [...values, 'SomethingNew', 'ringing', 'Ünbekannt']) {
      expect(only({ sessions: [{ id: 'S', [field]: value }] })).toMatchObject({ [field]: value });
    }
  });

  test.each(Object.entries(MEMBER_ENUM))('knows every %s of a member', (field, values) => {
    for (const value of [...values, 'SomethingNew']) {
      const session = only({ sessions: [{ id: 'S', members: [{ [field]: value }] }] });
      expect(session?.members).toEqual([expect.objectContaining({ [field]: value })]);
    }
  });

  test('needs nothing but an id', () => {
    const { raw, ...fields } = only({ sessions: [{ id: 'S' }] }) ?? {};
    expect(known(fields)).toEqual({ id: 'S', customerBreadcrumb: [], log: [], members: [] });
    expect(raw).toEqual({ id: 'S' });
  });

  test.each(Object.keys(EVERY_FIELD).filter((field) => field !== 'id'))(
    'loses nothing but %s when that is bad, null or missing',
    (field) => {
      const whole = only({ sessions: [EVERY_FIELD] });
      const absent = LISTS.includes(field) ? [] : undefined;
      for (const wrong of [undefined, ...wrongFor(field)]) {
        const { raw, ...fields } = only({ sessions: [{ ...EVERY_FIELD, [field]: wrong }] }) ?? {};
        expect(fields, JSON.stringify(wrong)).toEqual({
          ...whole,
          [field]: absent,
          raw: undefined,
        });
        expect(raw).toMatchObject({ [field]: wrong });
      }
    },
  );

  test.each(Object.keys(EVERY_FIELD.members[0] ?? {}))(
    'loses nothing but the %s of a member when that is bad',
    (field) => {
      const [member] = EVERY_FIELD.members;
      for (const wrong of wrongFor(field)) {
        const members = [{ ...member, [field]: wrong }, member];
        const session = only({ sessions: [{ ...EVERY_FIELD, members }] });
        expect(session?.members).toEqual([{ ...member, [field]: undefined }, member]);
      }
    },
  );

  test('keeps the good items of a list with bad ones', () => {
    const session = only({
      sessions: [
        {
          id: 'S',
          members: [null, 7, 'x', [], [{ identity: 'no' }], { identity: 'ada' }],
          log: [false, { date: 'never', message: 'Hello' }, { date: '0001-01-01T00:00:00' }],
          customerBreadcrumb: [{ id: 5, name: 'Bright Dental' }, undefined],
        },
      ],
    });
    expect(session?.members.map(known)).toEqual([{ identity: 'ada' }]);
    expect(session?.log.map(known)).toEqual([{ message: 'Hello' }, {}]);
    expect(session?.customerBreadcrumb.map(known)).toEqual([{ name: 'Bright Dental' }]);
  });

  test('has names that are one printable line, and identifiers exactly as they came', () => {
    const session = only({
      sessions: [{ id: ' S\u202e\n1 ', fromName: ' Grace\u202e\nHopper ', endpointId: ' E ' }],
    });
    expect(session).toMatchObject({
      id: ' S\u202e\n1 ',
      fromName: 'Grace  Hopper'.replace('  ', ' '),
      endpointId: ' E ',
    });
  });

  test.each(['', '   ', '\u200b', '\n'])('has no name where it is %j', (fromName) => {
    expect(only({ sessions: [{ id: 'S', fromName }] })?.fromName).toBeUndefined();
  });

  test('keeps fields that no page lists for those who want to see them', () => {
    const session = only({ sessions: [{ id: 'S', sentiment: { mood: 'fine' } }] });
    expect(session?.raw).toEqual({ id: 'S', sentiment: { mood: 'fine' } });
    expect(session).not.toHaveProperty('sentiment');
  });

  test('is not fooled by words of JavaScript', () => {
    const json: unknown = JSON.parse(
      '{"sessions": [{"id": "__proto__", "__proto__": {"ended": true}, "constructor": 1}]}',
    );
    expect(only(json)?.id).toBe('__proto__');
    expect(only(json)?.ended).toBeUndefined();
  });
});

describe('an answer', () => {
  test.each([
    ['null', null],
    ['a session that is a text', 'S-1'],
    ['a list', [{ id: 'S-1' }]],
    ['nothing', {}],
    ['an id of nothing', { id: '' }],
    ['an id that is a number', { id: 1 }],
    ['an id that is null', { id: null }],
    ['an id longer than any', { id: 'x'.repeat(513) }],
  ])('sets aside %s and keeps the rest', (_, bad) => {
    const good = [toApiSession({ id: 'A' }), toApiSession({ id: 'B' })];
    const decoded = decodeSessions({ sessions: [good[0], bad, good[1]] });
    expect(decoded).toMatchObject({ ok: true, skippedCount: 1 });
    expect(decoded.ok && decoded.sessions.map(({ id }) => id)).toEqual(['A', 'B']);
  });

  test('has each id once: the first counts', () => {
    const decoded = decodeSessions({
      sessions: [toApiSession({ id: 'A', ringing: true }), toApiSession({ id: 'A' })],
    });
    expect(decoded).toMatchObject({
      ok: true,
      skippedCount: 1,
      sessions: [{ callState: 'Ringing' }],
    });
  });

  test('keeps the order of the server, numbers as ids included', () => {
    const decoded = decodeSessions({ sessions: [{ id: '9' }, { id: '1' }, { id: 'a' }] });
    expect(decoded.ok && decoded.sessions.map(({ id }) => id)).toEqual(['9', '1', 'a']);
  });

  test('of a look-up has its sessions under items', () => {
    const json = { items: [{ id: 'S' }], totalCount: 1, totalPages: 1, hasMorePages: false };
    const decoded = decodeSessions(json, undefined, 'items');
    expect(decoded).toMatchObject({ ok: true, sessions: [{ id: 'S' }] });
    expect(decodeSessions(json)).toEqual({ ok: false });
  });

  test('may hold no sessions', () => {
    expect(decodeSessions({ sessions: [] })).toEqual({
      ok: true,
      sessions: [],
      skippedCount: 0,
    });
  });

  test.each([
    undefined,
    null,
    true,
    0,
    '',
    '<!doctype html><title>Sign in</title>',
    [],
    [{ id: 'S' }],
    {},
    { sessions: null },
    { sessions: [[{ id: 'S' }]] },
    { sessions: ['S'] },
    { items: [] },
    { sessions: {} },
    { sessions: 'none' },
    { sessions: 0 },
    { sessions: null, responseStatus: { errorCode: 'Unauthorized' } },
    { responseStatus: { errorCode: 'Unauthorized' } },
    { ResponseStatus: { ErrorCode: 'Unauthorized' } },
    { isAuthenticated: false },
    { items: { length: 0 } },
  ])('is none: %j', (json) => {
    expect(decodeSessions(json)).toEqual({ ok: false });
  });

  test('hands on the very object of a session that says the same as before', () => {
    const wire = toApiSession({ id: 'A', ringing: true, from: 'Grace Hopper' });
    const before = createSession({ id: 'A', ringing: true, from: 'Grace Hopper' });
    const known = new Map([['A', before]]);
    const reordered = Object.fromEntries(Object.entries(wire).reverse());
    const same = decodeSessions({ sessions: [reordered] }, known);
    expect(same.ok && same.sessions[0]).toBe(before);
    const other = decodeSessions({ sessions: [{ ...wire, news: 1 }] }, known);
    expect(other.ok && other.sessions[0]).not.toBe(before);
  });

  test('nested deeper than any stack is read, twice', () => {
    const nested = '['.repeat(300_000) + ']'.repeat(300_000);
    const text = `{"sessions": [{"id": "A", "members": ${nested}, "odd": ${nested}}, {"id": "B"}]}`;
    const first = decodeSessions(JSON.parse(text));
    if (!first.ok) throw new Error('not read');
    const known = new Map(first.sessions.map((session) => [session.id, session]));
    expect(decodeSessions(JSON.parse(text), known)).toMatchObject({ ok: true, skippedCount: 0 });
  });

  test('of a session with lists without end has the first members, the latest notes and customers', () => {
    const many = Array.from({ length: 100_000 }, (_, at) => at);
    const decoded = decodeSessions({
      sessions: [
        {
          id: 'A',
          members: many.map((at) => ({ displayName: `M${at}` })),
          log: many.map((at) => ({ message: `N${at}` })),
          customerBreadcrumb: many.map((at) => ({ name: `C${at}` })),
        },
      ],
    });
    const session = decoded.ok ? decoded.sessions[0] : undefined;
    expect(session?.members[0]?.displayName).toBe('M0');
    expect(session?.log.at(-1)?.message).toBe('N99999');
    expect(session?.customerBreadcrumb.at(-1)?.name).toBe('C99999');
    expect(session?.members.length).toBeLessThanOrEqual(1_000);
    expect(session?.log.length).toBeLessThanOrEqual(1_000);
    expect(session?.customerBreadcrumb.length).toBeLessThanOrEqual(50);
  });

  test('of more than 5,000 sessions is cut to the first 5,000, and the others are counted', () => {
    const sessions = Array.from({ length: 7_000 }, (_, at) => ({ id: `S-${at}` }));
    const decoded = decodeSessions({ sessions });
    if (!decoded.ok) throw new Error('not read');
    expect(decoded.sessions).toHaveLength(5_000);
    expect(decoded.sessions.at(-1)?.id).toBe('S-4999');
    expect(decoded.skippedCount).toBe(2_000);
  });
});
