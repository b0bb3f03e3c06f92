import { describe, expect, test } from 'vitest';
import { decodeSessions } from '../../../src/core/api/decode';
import type { RawFields, Session } from '../../../src/core/api/schema';
import { createSession, toApiSession } from '../session-fixture';

/** A session with every field in the vendor's documentation, in its order. */
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

/** Returns values of every type that the field must not have. */
function getWrongValues(field: string): readonly unknown[] {
  const everything = [null, 0, 1, 1e300, true, false, 'text', [], ['x'], {}, { id: 'x' }];
  if (FLAGS.includes(field)) return everything.filter((value) => typeof value !== 'boolean');
  if (LISTS.includes(field)) return everything.filter((value) => !Array.isArray(value));
  if (field === 'applicationData') {
    return everything.filter((value) => typeof value !== 'object' || Array.isArray(value));
  }
  return everything.filter((value) => typeof value !== 'string');
}

function decodeFirst(json: unknown): Session | undefined {
  const decoded = decodeSessions(json);
  return decoded.ok ? decoded.sessions[0] : undefined;
}

/** Returns the fields that have a value. */
function getDefined(value: object | undefined): object {
  return Object.fromEntries(Object.entries(value ?? {}).filter(([, field]) => field !== undefined));
}

describe('decodeSessions, for one session,', () => {
  test('decodes every documented field', () => {
    const { raw, ...fields } = decodeFirst({ sessions: [EVERY_FIELD] }) ?? {};
    expect(fields).toEqual({
      ...EVERY_FIELD,
      dateCompleted: Date.UTC(2017, 2, 14, 11, 5),
      dateCreated: Date.UTC(2017, 2, 14, 11, 1, 10, 123),
      dateLastModified: Date.UTC(2017, 2, 14, 11, 1, 10),
      log: [{ date: Date.UTC(2017, 2, 14, 11, 1, 10), message: 'Answered' }],
    });
    expect(raw).toBe(EVERY_FIELD);
  });

  test.each(Object.entries(EVERY_ENUM))(
    'decodes every known and unknown value of %s',
    (field, values) => {
      for (const value of [...values, 'SomethingNew', 'ringing', 'Ünbekannt']) {
        expect(decodeFirst({ sessions: [{ id: 'S', [field]: value }] })).toMatchObject({
          [field]: value,
        });
      }
    },
  );

  test.each(Object.entries(MEMBER_ENUM))(
    'decodes every known and unknown value of a member’s %s',
    (field, values) => {
      for (const value of [...values, 'SomethingNew']) {
        const session = decodeFirst({ sessions: [{ id: 'S', members: [{ [field]: value }] }] });
        expect(session?.members).toEqual([expect.objectContaining({ [field]: value })]);
      }
    },
  );

  test('requires only an id', () => {
    const { raw, ...fields } = decodeFirst({ sessions: [{ id: 'S' }] }) ?? {};
    expect(getDefined(fields)).toEqual({ id: 'S', customerBreadcrumb: [], log: [], members: [] });
    expect(raw).toEqual({ id: 'S' });
  });

  test.each(Object.keys(EVERY_FIELD).filter((field) => field !== 'id'))(
    'drops only %s if it is invalid, null, or missing',
    (field) => {
      const whole = decodeFirst({ sessions: [EVERY_FIELD] });
      const absent = LISTS.includes(field) ? [] : undefined;
      for (const wrong of [undefined, ...getWrongValues(field)]) {
        const { raw, ...fields } =
          decodeFirst({ sessions: [{ ...EVERY_FIELD, [field]: wrong }] }) ?? {};
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
    'drops only a member’s %s if it is invalid',
    (field) => {
      const [member] = EVERY_FIELD.members;
      for (const wrong of getWrongValues(field)) {
        const members = [{ ...member, [field]: wrong }, member];
        const session = decodeFirst({ sessions: [{ ...EVERY_FIELD, members }] });
        expect(session?.members).toEqual([{ ...member, [field]: undefined }, member]);
      }
    },
  );

  test('keeps the valid items of a list that has invalid ones', () => {
    const session = decodeFirst({
      sessions: [
        {
          id: 'S',
          members: [null, 7, 'x', [], [{ identity: 'no' }], { identity: 'ada' }],
          log: [false, { date: 'never', message: 'Hello' }, { date: '0001-01-01T00:00:00' }],
          customerBreadcrumb: [{ id: 5, name: 'Bright Dental' }, undefined],
        },
      ],
    });
    expect(session?.members.map(getDefined)).toEqual([{ identity: 'ada' }]);
    expect(session?.log.map(getDefined)).toEqual([{ message: 'Hello' }, {}]);
    expect(session?.customerBreadcrumb.map(getDefined)).toEqual([{ name: 'Bright Dental' }]);
  });

  test('sanitizes names and keeps identifiers exactly as received', () => {
    const session = decodeFirst({
      sessions: [{ id: ' S\u202e\n1 ', fromName: ' Grace\u202e\nHopper ', endpointId: ' E ' }],
    });
    expect(session).toMatchObject({
      id: ' S\u202e\n1 ',
      fromName: 'Grace  Hopper'.replace('  ', ' '),
      endpointId: ' E ',
    });
  });

  test.each(['', '   ', '\u200b', '\n'])('treats the name %j as missing', (fromName) => {
    expect(decodeFirst({ sessions: [{ id: 'S', fromName }] })?.fromName).toBeUndefined();
  });

  test('keeps undocumented fields in the raw fields only', () => {
    const session = decodeFirst({ sessions: [{ id: 'S', sentiment: { mood: 'fine' } }] });
    expect(session?.raw).toEqual({ id: 'S', sentiment: { mood: 'fine' } });
    expect(session).not.toHaveProperty('sentiment');
  });

  test('treats __proto__ and constructor as ordinary keys', () => {
    const json: unknown = JSON.parse(
      '{"sessions": [{"id": "__proto__", "__proto__": {"ended": true}, "constructor": 1}]}',
    );
    expect(decodeFirst(json)?.id).toBe('__proto__');
    expect(decodeFirst(json)?.ended).toBeUndefined();
  });
});

describe('decodeSessions, for a response,', () => {
  test.each([
    ['null', null],
    ['a string', 'S-1'],
    ['a list', [{ id: 'S-1' }]],
    ['an empty object', {}],
    ['an empty id', { id: '' }],
    ['a numeric id', { id: 1 }],
    ['a null id', { id: null }],
    ['an id that is too long', { id: 'x'.repeat(513) }],
  ])('skips %s and keeps the rest', (_, bad) => {
    const good = [toApiSession({ id: 'A' }), toApiSession({ id: 'B' })];
    const decoded = decodeSessions({ sessions: [good[0], bad, good[1]] });
    expect(decoded).toMatchObject({ ok: true, skippedCount: 1 });
    expect(decoded.ok && decoded.sessions.map(({ id }) => id)).toEqual(['A', 'B']);
  });

  test('keeps the first of two sessions with the same id', () => {
    const decoded = decodeSessions({
      sessions: [toApiSession({ id: 'A', ringing: true }), toApiSession({ id: 'A' })],
    });
    expect(decoded).toMatchObject({
      ok: true,
      skippedCount: 1,
      sessions: [{ callState: 'Ringing' }],
    });
  });

  test('keeps the server’s order even if ids are numeric', () => {
    const decoded = decodeSessions({ sessions: [{ id: '9' }, { id: '1' }, { id: 'a' }] });
    expect(decoded.ok && decoded.sessions.map(({ id }) => id)).toEqual(['9', '1', 'a']);
  });

  test('reads the sessions of a lookup from "items"', () => {
    const json = { items: [{ id: 'S' }], totalCount: 1, totalPages: 1, hasMorePages: false };
    const decoded = decodeSessions(json, undefined, 'items');
    expect(decoded).toMatchObject({ ok: true, sessions: [{ id: 'S' }] });
    expect(decodeSessions(json)).toEqual({ ok: false });
  });

  test('accepts an empty list', () => {
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
  ])('rejects %j', (json) => {
    expect(decodeSessions(json)).toEqual({ ok: false });
  });

  test('returns the previous object for an unchanged session', () => {
    const wire = toApiSession({ id: 'A', ringing: true, from: 'Grace Hopper' });
    const before = createSession({ id: 'A', ringing: true, from: 'Grace Hopper' });
    const previous = new Map([['A', before]]);
    const reordered = Object.fromEntries(Object.entries(wire).reverse());
    const same = decodeSessions({ sessions: [reordered] }, previous);
    expect(same.ok && same.sessions[0]).toBe(before);
    const other = decodeSessions({ sessions: [{ ...wire, news: 1 }] }, previous);
    expect(other.ok && other.sessions[0]).not.toBe(before);
  });

  test('decodes deeply nested values twice without a stack overflow', () => {
    const nested = '['.repeat(300_000) + ']'.repeat(300_000);
    const text = `{"sessions": [{"id": "A", "members": ${nested}, "odd": ${nested}}, {"id": "B"}]}`;
    const first = decodeSessions(JSON.parse(text));
    if (!first.ok) throw new Error('the response was rejected');
    const previous = new Map(first.sessions.map((session) => [session.id, session]));
    expect(decodeSessions(JSON.parse(text), previous)).toMatchObject({ ok: true, skippedCount: 0 });
  });

  test('limits long lists to the first members and the latest log entries and customers', () => {
    const many = Array.from({ length: 100_000 }, (_, index) => index);
    const decoded = decodeSessions({
      sessions: [
        {
          id: 'A',
          members: many.map((index) => ({ displayName: `M${index}` })),
          log: many.map((index) => ({ message: `N${index}` })),
          customerBreadcrumb: many.map((index) => ({ name: `C${index}` })),
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

  test('keeps the first 5,000 sessions and counts the others as skipped', () => {
    const sessions = Array.from({ length: 7_000 }, (_, index) => ({ id: `S-${index}` }));
    const decoded = decodeSessions({ sessions });
    if (!decoded.ok) throw new Error('the response was rejected');
    expect(decoded.sessions).toHaveLength(5_000);
    expect(decoded.sessions.at(-1)?.id).toBe('S-4999');
    expect(decoded.skippedCount).toBe(2_000);
  });
});
