/** Builders that let a test state only what it is about. */
import { decodeSessions } from '../../src/core/api/decode';
import type { AlertRules } from '../../src/core/alerts/alert-rules';
import type { RawFields, Session } from '../../src/core/api/schema';

/** A short description of a session; `wire` adds fields in the server's format. */
export interface SessionFixture {
  readonly id?: string;
  readonly from?: string;
  readonly number?: string;
  readonly customer?: string;
  readonly endpoint?: string;
  readonly ringing?: boolean;
  readonly dialing?: boolean;
  readonly connected?: boolean;
  readonly held?: boolean;
  readonly queued?: boolean;
  readonly outgoing?: boolean;
  readonly ended?: boolean;
  readonly missed?: boolean;
  readonly answeredBy?: string;
  readonly wire?: RawFields;
}

/** Creates a session in the server's format. */
export function toApiSession(fixture: SessionFixture = {}): RawFields {
  const { callState, queueState } = getStates(fixture);
  return dropUndefined({
    id: fixture.id ?? 'S-1',
    fromName: fixture.from,
    fromAddress: fixture.number,
    customerName: fixture.customer,
    endpointName: fixture.endpoint,
    callState,
    queueState,
    direction: (fixture.outgoing ?? fixture.dialing) ? 'Outgoing' : 'Incoming',
    ended: fixture.ended,
    wasMissed: fixture.missed,
    answeredByName: fixture.answeredBy,
    ...fixture.wire,
  });
}

/** Creates a decoded session. */
export function createSession(fixture: SessionFixture = {}): Session {
  const decoded = decodeSessions({ sessions: [toApiSession(fixture)] });
  const session = decoded.ok ? decoded.sessions[0] : undefined;
  if (!session) throw new Error('the fixture is not a valid session');
  return session;
}

/** Rules that announce everything and mute nothing. */
export const ALL_RULES: AlertRules = {
  shouldAlertRings: true,
  shouldAlertMissedCalls: true,
  holdLimitMs: 120_000,
  shouldAlertProblems: true,
  shouldAlertVoicemails: true,
  muted: { channels: [], customers: [], endpoints: [] },
  isDoNotDisturb: false,
  canVipBreakThrough: false,
  getPriority: () => 'normal',
  shouldCatchUp: false,
};

export const SECOND = 1_000;
export const MINUTE = 60_000;

function getStates(fixture: SessionFixture): { callState: string; queueState: string } {
  if (fixture.ringing ?? fixture.dialing) return { callState: 'Ringing', queueState: 'None' };
  if (fixture.connected) return { callState: 'Connected', queueState: 'None' };
  if (fixture.held) return { callState: 'Hold', queueState: 'None' };
  if (fixture.queued) return { callState: 'Disconnected', queueState: 'Queued' };
  return { callState: 'Disconnected', queueState: 'None' };
}

/** Drops missing fields; the server doesn't send nulls. */
function dropUndefined(fields: RawFields): RawFields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
