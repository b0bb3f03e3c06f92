import { describe, expect, test } from 'vitest';
import { aCall, aSession } from './builders';
import { sessionView } from '../../src/main/session-view';
import type { Session } from '../../src/core/session';

const AT = Date.UTC(2026, 2, 3, 9, 30);
const CREATED = '2026-03-03T09:29:00Z';

describe('a session as a list shows it', () => {
  test('says who, for whom, where and what it is doing', () => {
    expect(viewOf(aSession({ dateCreated: CREATED }))).toEqual({
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
      customer: 'Bright Dental',
      path: ['Northside Group', 'Bright Dental'],
      endpoint: 'Front desk',
      answeredBy: undefined,
      holdQueue: undefined,
      transferring: false,
      missed: false,
      states: { call: 'Ringing', queue: undefined, dial: undefined },
      members: [],
    });
  });

  test('of which the server says nothing is still one', () => {
    const bare = { channel: null, fromName: null, fromAddress: null, direction: null };
    const nowhere = { customerName: null, customerBreadcrumb: null, endpointName: null };
    expect(viewOf(aSession({ ...bare, ...nowhere, callState: null }))).toMatchObject({
      phase: 'open',
      direction: 'incoming',
      name: undefined,
      number: undefined,
      dialable: undefined,
      customer: undefined,
      path: [],
      startedAt: AT,
    });
  });

  test('shows the other side of an outgoing call', () => {
    const fields = { direction: 'Outgoing', displayName: 'Ada Byron', toAddress: '+442079460823' };
    expect(viewOf(aSession(fields))).toMatchObject({
      phase: 'dialing',
      direction: 'outgoing',
      name: 'Ada Byron',
      number: '+44 20 7946 0823',
    });
  });

  test('offers no number to dial where there is none', () => {
    for (const fromAddress of [
      'sip:front@example.com',
      'anonymous',
      '+1;rm -rf /',
      '12'.repeat(99),
    ]) {
      expect(viewOf(aSession({ fromAddress })).dialable).toBeUndefined();
    }
  });

  test('reads a number without its country in the person’s region', () => {
    const local = aSession({ fromAddress: '(202) 555-0147' });
    expect(viewOf(local).number).toBe('+1 202-555-0147');
    const call = aCall([local, AT]);
    const context = { account: ACCOUNT, region: undefined, revision: 1, avatar: () => undefined };
    expect(sessionView(local, call, context).number).toBe('(202) 555-0147');
  });

  test('keeps states as the server wrote them, those that nobody knows too', () => {
    const fields = { callState: 'Levitating', queueState: 'Queued', dialState: 'Active' };
    expect(viewOf(aSession(fields)).states).toEqual({
      call: 'Levitating',
      queue: 'Queued',
      dial: 'Active',
    });
  });

  test('tells a transfer, a hold queue and who answered', () => {
    const fields = {
      callState: 'Hold',
      holdReason: 'Transferring',
      holdQueueName: 'Hold',
      answeredByName: 'Priya Tan',
    };
    expect(viewOf(aSession(fields))).toMatchObject({
      phase: 'held',
      transferring: true,
      holdQueue: 'Hold',
      answeredBy: 'Priya Tan',
    });
  });

  test('tells a missed call', () => {
    const session = aSession({ wasMissed: true });
    const call = aCall([session, AT]);
    const missed = { inferred: false, away: false, past: false, answered: false };
    expect(sessionView(session, { ...call, missed }, CONTEXT).missed).toBe(true);
  });
});

describe('the clock of a session', () => {
  test('starts with the phase that was seen to begin', () => {
    const ringing = aSession({ dateCreated: CREATED });
    const connected = aSession({ dateCreated: CREATED, callState: 'Connected' });
    const call = aCall([ringing, AT], [connected, AT + 9_000]);
    expect(sessionView(connected, call, CONTEXT).phaseSince).toBe(AT + 9_000);
  });

  test('of a call found in the middle starts with the call', () => {
    const connected = aSession({ dateCreated: CREATED, callState: 'Connected' });
    expect(viewOf(connected).phaseSince).toBe(AT - 60_000);
  });

  test('of a hold found in the middle starts when it was found: nobody knows how long', () => {
    const held = aSession({ dateCreated: CREATED, callState: 'Hold' });
    expect(viewOf(held).phaseSince).toBe(AT);
  });

  test('never starts in the future', () => {
    const session = aSession({ dateCreated: '2099-01-01T00:00:00Z' });
    expect(viewOf(session)).toMatchObject({ startedAt: AT, phaseSince: AT });
  });
});

describe('the members', () => {
  test('show who they are and what they do', () => {
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
    expect(viewOf(aSession({ members })).members).toMatchObject([
      { name: 'Maya Kent', role: 'Agent', callState: 'Connected', muted: true, held: false },
      { name: '+12025550147', role: 'Caller', muted: false, held: true },
      { name: undefined, role: undefined, callState: undefined, muted: false, held: false },
    ]);
  });

  test('have keys of their own, however alike they are', () => {
    const members = Array.from({ length: 9 }, () => ({ identity: 'u-1' }));
    const keys = viewOf(aSession({ members })).members.map(({ key }) => key);
    expect(new Set(keys).size).toBe(9);
  });

  test('are a hundred at most', () => {
    const members = Array.from({ length: 5_000 }, (_, at) => ({ identity: `u-${at}` }));
    expect(viewOf(aSession({ members })).members).toHaveLength(100);
  });

  test('have their pictures under an address within the app', () => {
    const members = [{ avatarUrl: 'https://evovoice.io/maya.png' }, {}];
    const session = aSession({ members });
    const context = {
      ...CONTEXT,
      avatar: (url: string | undefined) => url && `ringside://avatar/${url.length}`,
    };
    const view = sessionView(session, aCall([session, AT]), context);
    expect(view.members.map(({ avatar }) => avatar)).toEqual(['ringside://avatar/28', undefined]);
  });
});

const ACCOUNT = '0123456789abcdef';
const CONTEXT = { account: ACCOUNT, region: 'US', revision: 7, avatar: () => undefined } as const;

function viewOf(session: Session) {
  return sessionView(session, aCall([session, AT]), CONTEXT);
}
