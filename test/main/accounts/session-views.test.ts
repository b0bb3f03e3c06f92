import { ContactIndex } from '../../../src/core/contacts/contacts';
import { NotesIndex, type NumberNote } from '../../../src/core/notes/notes';
import { describe, expect, test } from 'vitest';
import { NO_NOTES_STORE } from '../../../src/main/storage/notes-store';
import type { Region } from '../../../src/core/calls/phone';
import type { Session } from '../../../src/core/api/schema';
import { DEFAULT_SETTINGS } from '../../../src/core/settings/settings';
import { createSessionView, SessionViews } from '../../../src/main/accounts/session-views';
import { createCall, createSession } from '../builders';

const AT = Date.UTC(2026, 2, 3, 9, 30);
const CREATED = '2026-03-03T09:29:00Z';

describe('createSessionView', () => {
  test('shows who is calling, for which customer, and the phase', () => {
    expect(createViewOf(createSession({ dateCreated: CREATED }))).toEqual({
      id: '0123456789abcdef/S-1',
      revision: 7,
      phase: 'ringing',
      phaseSince: AT - 60_000,
      startedAt: AT - 60_000,
      direction: 'incoming',
      channel: 'Voice',
      name: 'Grace Hopper',
      number: '+1 202-555-0147',
      dialable: '+12025550147',
      isWithheld: false,
      customer: 'Bright Dental',
      customerPath: ['Northside Group', 'Bright Dental'],
      endpoint: 'Front desk',
      isOwn: false,
      answeredBy: undefined,
      isAnsweredByUser: false,
      calledNumber: undefined,
      history: null,
      notes: { number: '', customer: '', priority: 'normal' },
      holdQueue: undefined,
      isTransferring: false,
      wasMissed: false,
      states: { call: 'Ringing', queue: undefined, dial: undefined },
      members: [],
    });
  });

  test('accepts a session without any details', () => {
    const bare = { channel: null, fromName: null, fromAddress: null, direction: null };
    const nowhere = { customerName: null, customerBreadcrumb: null, endpointName: null };
    expect(createViewOf(createSession({ ...bare, ...nowhere, callState: null }))).toMatchObject({
      phase: 'open',
      direction: 'incoming',
      name: undefined,
      number: undefined,
      dialable: undefined,
      customer: undefined,
      customerPath: [],
      startedAt: AT,
    });
  });

  test('shows the called party of an outgoing call', () => {
    const fields = { direction: 'Outgoing', displayName: 'Ada Byron', toAddress: '+442079460823' };
    expect(createViewOf(createSession(fields))).toMatchObject({
      phase: 'dialing',
      direction: 'outgoing',
      name: 'Ada Byron',
      number: '+44 20 7946 0823',
    });
  });

  test('returns no dialable number if the address is not a number', () => {
    for (const fromAddress of [
      'sip:front@example.com',
      'anonymous',
      '+1;rm -rf /',
      '12'.repeat(99),
    ]) {
      expect(createViewOf(createSession({ fromAddress })).dialable).toBeUndefined();
    }
  });

  test('formats a number without a country code for the region', () => {
    const local = createSession({ fromAddress: '(202) 555-0147' });
    expect(createViewOf(local).number).toBe('+1 202-555-0147');
    const call = createCall([local, AT]);
    const context = { ...CONTEXT, region: undefined };
    expect(createSessionView(local, call, context).number).toBe('(202) 555-0147');
  });

  test('keeps the server’s states, including unknown ones', () => {
    const fields = { callState: 'Levitating', queueState: 'Queued', dialState: 'Active' };
    expect(createViewOf(createSession(fields)).states).toEqual({
      call: 'Levitating',
      queue: 'Queued',
      dial: 'Active',
    });
  });

  test('shows a transfer, the hold queue, and who answered', () => {
    const fields = {
      callState: 'Hold',
      holdReason: 'Transferring',
      holdQueueName: 'Hold',
      answeredByName: 'Priya Tan',
    };
    expect(createViewOf(createSession(fields))).toMatchObject({
      phase: 'held',
      isTransferring: true,
      holdQueue: 'Hold',
      answeredBy: 'Priya Tan',
    });
  });

  test('shows a missed call', () => {
    const session = createSession({ wasMissed: true });
    const call = createCall([session, AT]);
    const missed = { isInferred: false, wasAway: false, isPast: false, wasAnswered: false };
    expect(createSessionView(session, { ...call, missed }, CONTEXT).wasMissed).toBe(true);
  });
});

describe('the phase time of createSessionView', () => {
  test('starts when Ringside saw the phase begin', () => {
    const ringing = createSession({ dateCreated: CREATED });
    const connected = createSession({ dateCreated: CREATED, callState: 'Connected' });
    const call = createCall([ringing, AT], [connected, AT + 9_000]);
    expect(createSessionView(connected, call, CONTEXT).phaseSince).toBe(AT + 9_000);
  });

  test('starts with the call if the call was in that phase when first seen', () => {
    const connected = createSession({ dateCreated: CREATED, callState: 'Connected' });
    expect(createViewOf(connected).phaseSince).toBe(AT - 60_000);
  });

  test('starts when a held call was first seen because the start of the hold is unknown', () => {
    const held = createSession({ dateCreated: CREATED, callState: 'Hold' });
    expect(createViewOf(held).phaseSince).toBe(AT);
  });

  test('never starts in the future', () => {
    const session = createSession({ dateCreated: '2099-01-01T00:00:00Z' });
    expect(createViewOf(session)).toMatchObject({ startedAt: AT, phaseSince: AT });
  });
});

describe('the members of createSessionView', () => {
  test('show their names, roles, and states', () => {
    const members = [
      {
        identity: 'u-1',
        displayName: 'Maya Kent',
        role: 'Agent',
        callState: 'Connected',
        muted: true,
      },
      { identity: '+12025550147', role: 'Caller', callState: 'Hold' },
      {},
    ];
    expect(createViewOf(createSession({ members })).members).toMatchObject([
      { name: 'Maya Kent', role: 'Agent', callState: 'Connected', isMuted: true, isHeld: false },
      { name: '+12025550147', role: 'Caller', isMuted: false, isHeld: true },
      { name: undefined, role: undefined, callState: undefined, isMuted: false, isHeld: false },
    ]);
  });

  test('distinguish the user from colleagues, and from a caller with the same name', () => {
    const own = (fields: Readonly<Record<string, unknown>>) =>
      createViewOf(createSession(fields)).isOwn;
    const agent = { identity: 'user-1', role: 'Agent' };
    const view = createViewOf(createSession({ members: [agent, { displayName: 'Maya Kent' }] }));
    expect(view.members.map(({ isCurrentUser }) => isCurrentUser)).toEqual([true, false]);
    expect(view.isOwn).toBe(true);
    expect(own({ members: [{ displayName: 'Maya Kent', role: 'Agent' }] })).toBe(false);
    expect(own({ members: [{ displayName: 'Jamie Ives', role: 'Caller' }] })).toBe(false);
    expect(own({ answeredByName: 'jamie ives' })).toBe(true);
  });

  test('have unique keys, even if they are equal', () => {
    const members = Array.from({ length: 9 }, () => ({ identity: 'u-1' }));
    const keys = createViewOf(createSession({ members })).members.map(({ key }) => key);
    expect(new Set(keys).size).toBe(9);
  });

  test('are limited to a hundred', () => {
    const members = Array.from({ length: 5_000 }, (_, index) => ({ identity: `u-${index}` }));
    expect(createViewOf(createSession({ members })).members).toHaveLength(100);
  });

  test('have their pictures under a URL of the app', () => {
    const members = [{ avatarUrl: 'https://evovoice.io/maya.png' }, {}];
    const session = createSession({ members });
    const context = {
      ...CONTEXT,
      getAvatarUrl: (url: string | undefined) => url && `ringside://avatar/${url.length}`,
    };
    const view = createSessionView(session, createCall([session, AT]), context);
    expect(view.members.map(({ avatar }) => avatar)).toEqual(['ringside://avatar/28', undefined]);
  });
});

describe('the name of a caller', () => {
  const contact = { address: '+12025550104', customer: undefined, canCall: true };
  const { getNumberKey } = NO_NOTES_STORE.index;
  const contacts = new ContactIndex([{ ...contact, name: 'Riverside Couriers' }], getNumberKey);
  const note = { number: '+12025550104', name: 'Bob the courier', text: '', priority: 'normal' };
  const getName = (fields: object, numbers: readonly NumberNote[] = []) => {
    const session = createSession({ fromAddress: '+12025550104', displayName: null, ...fields });
    const notes = new NotesIndex({ numbers, customers: [] }, getNumberKey);
    const context = { ...CONTEXT, notes, contacts };
    const view = createSessionView(session, createCall([session, AT]), context);
    return [view.name, view.isNameFromContacts === true];
  };

  test('comes from the contacts only if the server gives none', () => {
    expect(getName({ fromName: null })).toEqual(['Riverside Couriers', true]);
    expect(getName({ fromName: 'Robert' })).toEqual(['Robert', false]);
    expect(getName({ fromName: null, fromAddress: 'anonymous' })).toEqual([undefined, false]);
  });

  test('is the user’s own name for the number, if there is one', () => {
    const numbers = [{ ...note, priority: 'normal' as const }];
    expect(getName({ fromName: null }, numbers)).toEqual(['Bob the courier', false]);
    expect(getName({ fromName: 'Robert' }, numbers)).toEqual(['Bob the courier', false]);
  });
});

describe('SessionViews', () => {
  test('returns the same view for an unchanged session', () => {
    const { views } = createViews();
    expect(views.get('S-1')).toBe(views.get('S-1'));
    expect(views.get('unknown')).toBeUndefined();
  });

  test('reformats numbers when the region changes', () => {
    const { views, i18n } = createViews({ fromAddress: '(202) 555-0147' });
    i18n.region = undefined;
    expect(views.get('S-1')?.number).toBe('(202) 555-0147');
    i18n.region = 'US';
    expect(views.get('S-1')?.number).toBe('+1 202-555-0147');
  });

  test('hides profile pictures if the user turned them off', () => {
    const members = [{ identity: 'u', avatarUrl: 'https://x.example/a.png' }];
    const { views, settings } = createViews({ members });
    expect(views.get('S-1')?.members[0]?.avatar).toBe('ringside://avatar/1');
    settings.avatars = false;
    expect(views.get('S-1')?.members[0]?.avatar).toBeUndefined();
  });
});

function createViews(fields: Readonly<Record<string, unknown>> = {}) {
  const session = createSession(fields);
  const call = createCall([session, AT]);
  const isKnown = (key: string): boolean => key === session.id;
  const accounts = {
    getContacts: () => undefined,
    getFirstMessage: () => undefined,
    sessionKeys: [session.id],
    getAccountKey: (key: string) => (isKnown(key) ? ACCOUNT : undefined),
    getSession: (key: string) => (isKnown(key) ? session : undefined),
    getCall: (key: string) => (isKnown(key) ? call : undefined),
    getCurrentUser: () => CONTEXT.currentUser,
  };
  const settings = { ...DEFAULT_SETTINGS, avatars: true };
  const i18n: { region: Region | undefined } = { region: 'US' };
  const avatars = { getPageUrl: (url: string | undefined) => url && 'ringside://avatar/1' };
  const callbacks = { items: [], resolutions: new Map() };
  const views = new SessionViews(accounts, { get: () => settings }, i18n, avatars, NO_NOTES_STORE, {
    callbacks,
    getCallerHistory: () => null,
  });
  return { views, settings, i18n };
}

const ACCOUNT = '0123456789abcdef';
const CONTEXT = {
  accountKey: ACCOUNT,
  region: 'US',
  revision: 7,
  currentUser: { id: 'user-1', name: 'Jamie Ives' },
  notes: NO_NOTES_STORE.index,
  history: null,
  getAvatarUrl: () => undefined,
} as const;

function createViewOf(session: Session) {
  return createSessionView(session, createCall([session, AT]), CONTEXT);
}
