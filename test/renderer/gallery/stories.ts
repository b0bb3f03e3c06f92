import type { Destination, SignInFailure } from '../../../src/shared/state';
import { createMember, createSessionView, createAppState, createDetails } from '../builders';
import { FakeBridge } from '../fake-bridge';
import { createCallbacks, createDay, createLogEntries } from './log-data';
import { RAW_FIELDS } from './raw-fields';

/** An app state and the view to open. */
export interface Story {
  readonly bridge: FakeBridge;
  readonly destination?: Destination;
}

const getTimeBefore = (ms: number): number => Date.now() - ms;
const jamie = createMember({ isCurrentUser: true });
const priya = createMember({ name: 'Priya Tan' });
const maya = createMember({ name: 'Maya Kent', isMuted: true });

const createMorning = () => [
  createSessionView({
    id: 'grace',
    phase: 'ringing',
    phaseSince: getTimeBefore(7_000),
    startedAt: getTimeBefore(7_000),
    customerPath: ['Northside', 'Bright Dental'],
    isOwn: true,
    notes: { number: 'Prefers mornings', customer: 'Say hello', priority: 'vip' },
    members: [
      createMember({ isCurrentUser: true, callState: 'Ringing' }),
      createMember({ name: 'Priya Tan', callState: 'Ringing' }),
    ],
  }),
  createSessionView({
    id: 'ada',
    name: 'Ada Byron',
    customer: 'Harbor Legal',
    customerPath: ['Harbor Legal'],
    endpoint: 'Desk 7',
    phaseSince: getTimeBefore(761_000),
    startedAt: getTimeBefore(780_000),
    isOwn: true,
    members: [jamie, priya, createMember({ name: 'Ada Byron', role: 'Caller' })],
  }),
  createSessionView({
    id: 'alan',
    name: 'Alan Turing',
    phase: 'held',
    customer: 'Acme Rentals',
    customerPath: ['Acme', 'Acme Rentals'],
    endpoint: 'Front desk',
    phaseSince: getTimeBefore(130_000),
    members: [maya],
  }),
  createSessionView({
    id: 'edsger',
    name: 'Edsger Dijkstra',
    phase: 'held',
    customer: 'Kessler & Söhne GmbH',
    endpoint: 'Reception',
    phaseSince: getTimeBefore(40_000),
    isTransferring: true,
    members: [createMember({ name: 'Leon Vogt', isHeld: true, callState: 'Hold' })],
  }),
  createSessionView({
    id: 'queue',
    name: undefined,
    number: '+44 20 7946 0823',
    phase: 'queued',
    customer: 'Marlow Plumbing & Heating',
    endpoint: 'Reception',
    phaseSince: getTimeBefore(65_000),
  }),
  createSessionView({
    id: 'cathy',
    name: 'Cathy',
    phase: 'open',
    channel: 'Chat',
    number: undefined,
    customer: 'Bright Dental',
    endpoint: 'Website',
    phaseSince: getTimeBefore(242_000),
    isOwn: true,
    members: [jamie],
  }),
];

const today = {
  answered: 31,
  missed: 3,
  outgoing: 8,
  talkMs: 5_800_000,
  holdMs: 640_000,
  lastCall: {
    name: 'Walter Greene',
    number: undefined,
    dialable: undefined,
    isWithheld: false,
    at: getTimeBefore(600_000),
  },
};

const details = () =>
  createDetails({
    id: 'alan',
    fields: RAW_FIELDS,
    numberNote: { number: '+12025550162', name: '', text: '', priority: 'normal' },
    customerNote: { customer: 'Acme Rentals', text: '', priority: 'normal' },
    members: [
      { name: 'Maya Kent', role: 'Agent', isCurrentUser: false },
      { name: 'Alan Turing', role: 'Caller', isCurrentUser: false },
    ],
    segments: [
      { phase: 'ringing', from: getTimeBefore(318_000) },
      { phase: 'connected', from: getTimeBefore(300_000) },
      { phase: 'held', from: getTimeBefore(220_000) },
      { phase: 'connected', from: getTimeBefore(190_000) },
      { phase: 'held', from: getTimeBefore(130_000) },
    ],
    events: [
      { at: getTimeBefore(318_000), message: 'Incoming call from +12025550162 to Acme Rentals' },
      { at: getTimeBefore(317_000), message: 'Ringing Front desk' },
      { at: getTimeBefore(300_000), message: 'Answered by Maya Kent' },
      { at: getTimeBefore(130_000), message: 'Maya Kent put the caller on hold' },
    ],
    canScreenPop: true,
  });

const longName =
  'Dr. Maximiliane Alexandra Freifrau von Hohenberg-Schwarzenfels, on behalf of the joint ' +
  'practice for orthodontics, maxillofacial surgery and children’s dentistry at the old harbour, ' +
  'third floor, left door, second bell from the top, please ring twice and wait for the answer of Mr. Hohenberg himself';

const createExtremeCalls = () => [
  createSessionView({
    id: 'long',
    phase: 'ringing',
    name: longName,
    customer: longName,
    endpoint: longName,
    customerPath: [longName, longName],
  }),
  createSessionView({
    id: 'none',
    phase: 'ringing',
    name: undefined,
    number: undefined,
    dialable: undefined,
    customer: undefined,
    customerPath: [],
    endpoint: undefined,
    channel: undefined,
  }),
  createSessionView({
    id: 'rtl',
    name: 'ليلى الخطيب',
    customer: 'عيادة الأسنان',
    customerPath: ['عيادة الأسنان'],
    endpoint: 'الاستقبال',
  }),
  createSessionView({
    id: 'long2',
    name: longName,
    customer: longName,
    endpoint: longName,
    members: Array.from({ length: 40 }, (_, n) =>
      createMember({ name: `Agent ${n}`, isMuted: n % 3 === 0 }),
    ),
  }),
  createSessionView({
    id: 'unbroken',
    name: 'x'.repeat(300),
    phase: 'held',
    phaseSince: getTimeBefore(90_061_000),
  }),
  createSessionView({
    id: 'strange',
    phase: 'open',
    channel: 'Hologram',
    states: { call: 'Parked', queue: 'Levitating', dial: undefined },
    members: [createMember({ name: undefined, role: 'Supervisor', callState: 'Whispering' })],
  }),
  createSessionView({
    id: 'nothing',
    name: undefined,
    number: undefined,
    customer: undefined,
    customerPath: [],
    endpoint: undefined,
    phase: 'passive',
    wasMissed: true,
  }),
];

const createManyCalls = (length: number) =>
  Array.from({ length }, (_, n) =>
    createSessionView({
      id: `many-${n}`,
      name: `Caller ${n}`,
      phase:
        (['ringing', 'connected', 'held', 'queued', 'dialing'] as const)[
          n === 0 ? 0 : 1 + (n % 4)
        ] ?? 'open',
      startedAt: getTimeBefore(n * 1_000),
      phaseSince: getTimeBefore(n * 1_000),
      members: n % 3 === 0 ? [jamie, priya] : [jamie],
    }),
  );

const createLiveState = (sessions: ReturnType<typeof createMorning>) =>
  createAppState({
    sessions,
    today,
    callbacks: { count: createCallbacks().length, items: createCallbacks() },
    trayStatus: {
      kind: 'missed',
      isDoNotDisturb: false,
      activeCount: sessions.length,
      missedCount: 2,
    },
  });

const withLog = (state = createLiveState(createMorning())) =>
  new FakeBridge(state, {
    'session:details': (id) => ({
      ...details(),
      id,
      ...(state.sessions[id] ? {} : { entry: createLogEntries()[1] ?? null }),
    }),
    'log:query': ({ only, offset, limit, search }) => {
      const all = createLogEntries().filter(
        ({ resolution, name = '' }) =>
          (only === 'all' || resolution) && name.toLowerCase().includes(search.toLowerCase()),
      );
      return { entries: all.slice(offset, offset + limit), total: all.length };
    },
    'notes:query': ({ search }) => {
      const grace = {
        number: '+12025550147',
        name: 'Grace (mobile)',
        text: 'Prefers mornings',
        priority: 'vip',
        formatted: '+1 202-555-0147',
      } as const;
      return search.toLowerCase() === 'grace'
        ? {
            numbers: [grace],
            customers: [{ customer: 'Grace Church', text: 'Ask for Ruth', priority: 'normal' }],
            total: 2,
          }
        : { numbers: [], customers: [], total: 0 };
    },
    'log:get-day': () => createDay(),
    'log:export': () => ({ file: '/home/jamie/Documents/calls.csv' }),
  });

const offline = {
  kind: 'offline',
  lastResponseAt: getTimeBefore(125_000),
  since: getTimeBefore(120_000),
  retryAt: Date.now() + 14_000,
  error: { kind: 'timeout', code: 'ETIMEDOUT' },
} as const;

const RINGING = [
  'Grace Hopper',
  'Walter Greene',
  'Omar Haddad',
  'Ingrid Dahl',
  'Katherine Johnson',
  'Barbara Liskov',
  'ليلى الخطيب',
] as const;

const signedOut = (error: SignInFailure): Story => ({
  bridge: new FakeBridge(
    createAppState({ accounts: [], connection: { kind: 'signed-out', error } }),
  ),
});

/** The stories by name. */
export const STORIES: Readonly<Record<string, () => Story>> = {
  calls: () => ({ bridge: withLog() }),
  one: () => ({ bridge: withLog(createLiveState(createMorning().slice(1, 2))) }),
  rings: () => ({
    bridge: withLog(
      createLiveState(
        RINGING.map((name, n) =>
          createSessionView({
            id: `ring-${n}`,
            name,
            phase: 'ringing',
            phaseSince: getTimeBefore(n * 4_000),
            members: n % 2 === 0 ? [jamie] : [],
          }),
        ),
      ),
    ),
  }),
  empty: () => ({ bridge: withLog(createLiveState([])) }),
  first: () => ({ bridge: new FakeBridge() }),
  offline: () => {
    const state = createLiveState(createMorning());
    const accounts = state.accounts.map((account) => ({ ...account, connection: offline }));
    return { bridge: withLog({ ...state, accounts, connection: offline }) };
  },
  starting: () => ({
    bridge: new FakeBridge(createAppState({ connection: { kind: 'starting' } })),
  }),
  forbidden: () => ({
    bridge: new FakeBridge(
      createAppState({
        connection: { kind: 'forbidden', role: 'User', retryAt: Date.now() + 9_000 },
      }),
    ),
  }),
  details: () => ({ bridge: withLog(), destination: { view: 'session', id: 'alan' } }),
  gone: () => ({ bridge: withLog(), destination: { view: 'session', id: 'gone' } }),
  unknown: () => ({
    bridge: new FakeBridge(createLiveState(createMorning())),
    destination: { view: 'session', id: 'nobody' },
  }),
  missed: () => ({ bridge: withLog(), destination: { view: 'missed' } }),
  settings: () => ({ bridge: withLog(), destination: { view: 'settings' } }),
  'do-not-disturb': () => {
    const state = createLiveState(createMorning().slice(1));
    return {
      bridge: withLog({
        ...state,
        doNotDisturb: { until: Date.now() + 1_680_000, isScheduled: true },
        settings: { ...state.settings, scheduledDoNotDisturb: true },
      }),
      destination: { view: 'settings' },
    };
  },
  extreme: () => ({ bridge: withLog(createLiveState(createExtremeCalls())) }),
  'extreme-details': () => ({
    bridge: withLog(createLiveState(createExtremeCalls())),
    destination: { view: 'session', id: 'long2' },
  }),
  thousands: () => ({ bridge: withLog(createLiveState(createManyCalls(2_000))) }),
  'ten-thousand': () => ({ bridge: withLog(createLiveState(createManyCalls(10_000))) }),
  notices: () => ({
    bridge: withLog({
      ...createLiveState(createMorning()),
      notices: [
        { kind: 'cannot-save', file: 'calls.jsonl', code: 'ENOSPC' },
        { kind: 'shortcut-taken', shortcut: 'CommandOrControl+Shift+R' },
      ],
    }),
  }),
  introduction: () => ({
    bridge: withLog({ ...createLiveState([]), showsIntroduction: true }),
  }),
  'introduction-with-calls': () => ({
    bridge: withLog({ ...createLiveState(createMorning()), showsIntroduction: true }),
  }),
  'sign-in': () => ({
    bridge: new FakeBridge(
      createAppState({ accounts: [], connection: { kind: 'signed-out', error: null } }),
    ),
  }),
  'sign-in-refused': () => {
    const state = createAppState({
      accounts: [],
      connection: {
        kind: 'signed-out',
        error: { kind: 'wrong-credentials', message: 'Invalid UserName or Password' },
      },
    });
    return {
      bridge: new FakeBridge({ ...state, platform: { ...state.platform, hasKeyring: false } }),
    };
  },
  'sign-in-expired': () => signedOut({ kind: 'expired' }),
  'sign-in-bad-address': () => signedOut({ kind: 'bad-address' }),
  'sign-in-unreachable': () =>
    signedOut({
      kind: 'unreachable',
      error: { kind: 'insecure', code: 'ERR_CERT_AUTHORITY_INVALID' },
    }),
  'signing-in': () => ({
    bridge: new FakeBridge(createAppState({ accounts: [], connection: { kind: 'signing-in' } })),
  }),
};
