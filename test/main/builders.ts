import { NO_NOTES_STORE } from '../../src/main/storage/notes-store';
import { decodeSessions } from '../../src/core/api/decode';
import { summarizeSession, type CallSummary } from '../../src/core/calls/call-summary';
import type { Timestamp } from '../../src/core/timestamp';
import { createAlertRules } from '../../src/core/alerts/alert-rules';
import type { Session } from '../../src/core/api/schema';
import { DEFAULT_SETTINGS, type Language } from '../../src/core/settings/settings';
import type { Call, CurrentUser } from '../../src/core/calls/call';
import { reduce } from '../../src/core/alerts/reduce';
import { INITIAL_ALERT_STATE } from '../../src/core/alerts/alert-state';
import { createSessionView } from '../../src/main/accounts/session-views';
import { I18n } from '../../src/main/i18n';
import type { SessionView } from '../../src/shared/state';

/** A ringing call from Grace Hopper for Bright Dental at the front desk. */
const GRACE = {
  id: 'S-1',
  direction: 'Incoming',
  callState: 'Ringing',
  channel: 'Voice',
  fromName: 'Grace Hopper',
  fromAddress: '+12025550147',
  customerName: 'Bright Dental',
  customerBreadcrumb: [
    { id: 'northside', name: 'Northside Group' },
    { id: 'bright', name: 'Bright Dental' },
  ],
  endpointName: 'Front desk',
} as const;

/** A user without an id or a name. */
export const UNKNOWN_USER: CurrentUser = { id: undefined, name: undefined };

/** Creates a session: Grace's ringing call with some fields changed. */
export function createSession(fields: Readonly<Record<string, unknown>> = {}): Session {
  const decoded = decodeSessions({ sessions: [{ ...GRACE, ...fields }] });
  const session = decoded.ok ? decoded.sessions[0] : undefined;
  if (!session) throw new Error('the fields are not a valid session');
  return session;
}

/** Creates the summary of such a session. */
export function createCallSummary(fields: Readonly<Record<string, unknown>> = {}): CallSummary {
  return summarizeSession(createSession(fields));
}

/** Creates a timestamp with the same time (ms since 1970) on both clocks. */
export function createTimestamp(wall: number): Timestamp {
  return { wall, monotonic: wall, bootId: 'this boot' };
}

/** Creates the call that results from these versions of a session, each at its time. */
export function createCall(
  ...versions: readonly (readonly [session: Session, wall: number])[]
): Call {
  let state = INITIAL_ALERT_STATE;
  let id = '';
  for (const [session, wall] of versions) {
    const diff = { appeared: [], changed: [session], vanished: [] };
    const rules = createAlertRules(DEFAULT_SETTINGS, false);
    const event = { kind: 'snapshot', diff } as const;
    state = reduce(state, event, rules, UNKNOWN_USER, createTimestamp(wall)).state;
    id = session.id;
  }
  const call = state.calls.get(id);
  if (!call) throw new Error('a call needs at least one version');
  return call;
}

/** A system without language or format settings. */
export const NO_SYSTEM = {
  languages: [],
  region: undefined,
  locale: undefined,
  hourCycle: undefined,
} as const;

/** English with US phone numbers. */
export const ENGLISH = new I18n(() => ({ language: 'en', region: 'US' }), NO_SYSTEM);

/** Loads a language with US phone numbers. */
export async function loadI18n(language: Language): Promise<I18n> {
  const i18n = new I18n(() => ({ language, region: 'US' }), NO_SYSTEM);
  await i18n.load();
  return i18n;
}

/** Creates the view of such a session. */
export function createView(fields: Readonly<Record<string, unknown>> = {}): SessionView {
  const session = createSession(fields);
  const context = {
    accountKey: '',
    region: 'US',
    revision: 1,
    currentUser: { id: undefined, name: undefined },
    notes: NO_NOTES_STORE.index,
    history: null,
    getAvatarUrl: () => undefined,
  } as const;
  // Tests use the plain id as the session key.
  return { ...createSessionView(session, createCall([session, 0]), context), id: session.id };
}
