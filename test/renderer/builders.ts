import type { DaySummary } from '../../src/core/log/day';
import type { LogEntryView, SessionDetails } from '../../src/shared/ipc';
import type {
  AccountView,
  AppState,
  CallbackView,
  CallNotes,
  MemberView,
  SessionView,
} from '../../src/shared/state';
import { createState } from '../shared/states';

const NO_NOTES: CallNotes = { number: '', customer: '', priority: 'normal' };
let made = 0;

/** Creates a connected incoming call from Grace Hopper. */
export function createSessionView(view: Partial<SessionView> = {}): SessionView {
  made += 1;
  const now = Date.now();
  return {
    id: `session-${made}`,
    revision: 1,
    phase: 'connected',
    phaseSince: now - 62_000,
    startedAt: now - 80_000,
    direction: 'incoming',
    channel: 'Voice',
    name: 'Grace Hopper',
    number: '+1 202-555-0147',
    dialable: '+12025550147',
    isWithheld: false,
    customer: 'Bright Dental',
    customerPath: ['Northside', 'Bright Dental'],
    endpoint: 'Front desk',
    isOwn: false,
    answeredBy: undefined,
    isAnsweredByUser: false,
    calledNumber: undefined,
    notes: NO_NOTES,
    history: null,
    holdQueue: undefined,
    isTransferring: false,
    wasMissed: false,
    states: { call: undefined, queue: undefined, dial: undefined },
    members: [],
    ...view,
  };
}

/** Creates a connected agent. */
export function createMember(view: Partial<MemberView> = {}): MemberView {
  made += 1;
  return {
    key: `member-${made}`,
    name: 'Jamie Ives',
    isCurrentUser: false,
    role: 'Agent',
    callState: 'Connected',
    isMuted: false,
    isHeld: false,
    avatar: undefined,
    ...view,
  };
}

/** Creates a live account. */
export function createAccount(account: Partial<AccountView> = {}): AccountView {
  return {
    key: '0123456789abcdef',
    label: account.userName ?? 'jamie',
    color: 1,
    connection: { kind: 'live', lastResponseAt: Date.now() },
    server: 'https://evovoice.io',
    userName: 'jamie',
    name: 'Jamie Ives',
    roles: ['User'],
    isManaged: false,
    isHistoryRefused: false,
    isVoicemailRefused: false,
    areContactsRefused: false,
    areChatsRefused: false,
    isCatchingUp: false,
    canLoadEarlierCalls: false,
    ...account,
  };
}

/** Creates the state of a signed-in app without calls. */
export function createAppState(
  state: Partial<Omit<AppState, 'sessions'>> & {
    sessions?: readonly SessionView[];
  } = {},
): AppState {
  const {
    sessions = [],
    connection = { kind: 'live', lastResponseAt: Date.now() },
    ...rest
  } = state;
  return createState(sessions, { connection, accounts: [createAccount({ connection })], ...rest });
}

/** Creates the log entry of an answered call from Grace Hopper. */
export function createLogView(view: Partial<LogEntryView> = {}): LogEntryView {
  made += 1;
  const startedAt = view.startedAt ?? Date.now() - 3_600_000;
  return {
    id: `logged-${made}`,
    direction: 'incoming',
    channel: 'Voice',
    name: 'Grace Hopper',
    isWithheld: false,
    customer: 'Bright Dental',
    customerPath: ['Northside', 'Bright Dental'],
    endpoint: 'Front desk',
    accountLabel: 'jamie',
    outcome: { kind: 'answered', by: undefined, isOwn: true },
    startedAt,
    answeredAt: startedAt + 9_000,
    endedAt: startedAt + 130_000,
    ringMs: 9_000,
    talkMs: 121_000,
    holdMs: 0,
    segments: [
      { phase: 'ringing', from: startedAt },
      { phase: 'connected', from: startedAt + 9_000 },
    ],
    isSeen: true,
    voicemail: undefined,
    callbackMark: null,
    resolution: undefined,
    calledNumber: undefined,
    notes: NO_NOTES,
    number: '+1 202-555-0147',
    dialable: '+12025550147',
    ...view,
  };
}

/** Creates an item of the calls to return: a missed call from Alan Turing. */
export function createCallback(view: Partial<CallbackView> = {}): CallbackView {
  made += 1;
  const id = view.id ?? `callback-${made}`;
  return {
    id,
    ids: [id],
    name: 'Alan Turing',
    number: '+44 20 7946 0018',
    isWithheld: false,
    dialable: '+442079460018',
    channel: 'Voice',
    customers: ['Harbor Vets'],
    accountLabel: 'jamie',
    lastAt: Date.now() - 60_000,
    isAbandoned: false,
    priority: 'normal',
    isNew: false,
    voicemail: undefined,
    ...view,
  };
}

/** Creates session details with raw fields only. */
export function createDetails(details: Partial<SessionDetails> = {}): SessionDetails {
  return {
    id: 'session-1',
    fields: { id: 'session-1', callState: 'Connected' },
    events: [],
    members: [],
    segments: [],
    entry: null,
    canScreenPop: false,
    history: null,
    numberNote: null,
    customerNote: null,
    ...details,
  };
}

/** Creates the summary of a day without calls. */
export function createDaySummary(day: Partial<DaySummary> = {}): DaySummary {
  const nobody = { count: 0, talkMs: 0, holdMs: 0, waitMs: 0 };
  return {
    answered: 0,
    missed: 0,
    outgoing: 0,
    hours: Array.from({ length: 24 }, () => ({ answered: 0, missed: 0, outgoing: 0 })),
    own: nobody,
    team: nobody,
    longestHoldMs: 0,
    customers: [],
    chats: 0,
    faxes: 0,
    ...day,
  };
}
