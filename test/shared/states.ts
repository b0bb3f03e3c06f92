import { DEFAULT_SETTINGS } from '../../src/core/settings/settings';
import type { AppState, SessionView } from '../../src/shared/state';

/** The state of an app without accounts and calls. */
export const EMPTY_STATE: AppState = {
  connection: { kind: 'live', lastResponseAt: 1 },
  accounts: [],
  sessions: {},
  sessionOrder: [],
  skippedCount: 0,
  trayStatus: { kind: 'idle', isDoNotDisturb: false, activeCount: 0, missedCount: 0 },
  settings: DEFAULT_SETTINGS,
  managedSettings: [],
  doNotDisturb: null,
  showsIntroduction: false,
  callbacks: { count: 0, items: [] },
  voicemail: { revision: 0, isAvailable: false },
  logRevision: 0,
  today: { answered: 0, missed: 0, outgoing: 0, talkMs: 0, holdMs: 0, lastCall: null },
  notices: [],
  platform: {
    os: 'linux',
    version: '1.2.3',
    languages: ['en'],
    region: 'US',
    locale: 'en-US',
    hourCycle: undefined,
    hasTray: true,
    hasKeyring: true,
    isDemo: false,
  },
  update: { kind: 'idle', checkedAt: null },
};

/** Creates a state with these sessions in order. */
export function createState(
  views: readonly SessionView[],
  changes: Partial<AppState> = {},
): AppState {
  return {
    ...EMPTY_STATE,
    sessions: Object.fromEntries(views.map((view) => [view.id, view])),
    sessionOrder: views.map(({ id }) => id),
    ...changes,
  };
}
