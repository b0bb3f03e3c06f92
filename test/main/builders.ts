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

/** Grace Hopper calls Bright Dental at the front desk. */
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

/** A session as an answer with these fields would bring it: Grace ringing, unless told. */
export function createSession(fields: Readonly<Record<string, unknown>> = {}): Session {
  const decoded = decodeSessions({ sessions: [{ ...GRACE, ...fields }] });
  const session = decoded.ok ? decoded.sessions[0] : undefined;
  if (!session) throw new Error('these fields make no session');
  return session;
}

/** The summary of such a session. */
export function createCallSummary(fields: Readonly<Record<string, unknown>> = {}): CallSummary {
  return summarizeSession(createSession(fields));
}

/** A moment: ms since 1970, on both clocks alike. */
export function createTimestamp(wall: number): Timestamp {
  return { wall, monotonic: wall, bootId: 'this one' };
}

/** A call as the watch has it after these answers about it, each at its moment (ms since 1970). */
export function createCall(
  ...answers: readonly (readonly [session: Session, wall: number])[]
): Call {
  let state = INITIAL_ALERT_STATE;
  let id = '';
  for (const [session, wall] of answers) {
    const there = { appeared: [], changed: [session], vanished: [] };
    const rules = createAlertRules(DEFAULT_SETTINGS, false);
    const input = { kind: 'snapshot', diff: there } as const;
    state = reduce(state, input, rules, UNKNOWN_USER, createTimestamp(wall)).state;
    id = session.id;
  }
  const call = state.calls.get(id);
  if (!call) throw new Error('no answers make no call');
  return call;
}

/** A system without languages and formats of its own. */
export const NO_SYSTEM = {
  languages: [],
  region: undefined,
  locale: undefined,
  hourCycle: undefined,
} as const;

/** English, with numbers as in the United States. */
export const ENGLISH = new I18n(() => ({ language: 'en', region: 'US' }), NO_SYSTEM);

/** Another language, with numbers as in the United States. */
export async function loadI18n(language: Language): Promise<I18n> {
  const i18n = new I18n(() => ({ language, region: 'US' }), NO_SYSTEM);
  await i18n.load();
  return i18n;
}

/** Such a session as a list shows it. */
export function createView(fields: Readonly<Record<string, unknown>> = {}): SessionView {
  const session = createSession(fields);
  const context = {
    accountKey: '',
    region: 'US',
    revision: 1,
    currentUser: { id: undefined, name: undefined },
    getAvatarUrl: () => undefined,
  } as const;
  // By its id alone, as if it were its key: who lists it is no matter here.
  return { ...createSessionView(session, createCall([session, 0]), context), id: session.id };
}
