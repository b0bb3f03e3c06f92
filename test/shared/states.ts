import { DEFAULT_SETTINGS } from '../../src/core/settings';
import type { AppState, SessionView } from '../../src/shared/state';

/** The state of an app to which nothing has happened yet. */
export const QUIET_STATE: AppState = {
  connection: { kind: 'live', answeredAt: 1 },
  accounts: [],
  sessions: {},
  order: [],
  setAside: 0,
  glance: { kind: 'idle', silent: false, active: 0, missed: 0 },
  settings: DEFAULT_SETTINGS,
  managed: [],
  silence: null,
  logRevision: 0,
  today: { answered: 0, missed: 0, outgoing: 0, talked: 0, held: 0, lastCall: null },
  notices: [],
  platform: {
    os: 'linux',
    version: '1.2.3',
    languages: ['en'],
    region: 'US',
    tray: true,
    keyring: true,
    demo: false,
  },
  update: { kind: 'idle', checkedAt: null },
};

/** That state with these sessions, in their order. */
export function stateWith(
  views: readonly SessionView[],
  changes: Partial<AppState> = {},
): AppState {
  return {
    ...QUIET_STATE,
    sessions: Object.fromEntries(views.map((view) => [view.id, view])),
    order: views.map(({ id }) => id),
    ...changes,
  };
}
