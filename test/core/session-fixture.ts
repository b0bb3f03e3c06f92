/** Builders: a session, a call, a moment, each with as little said as the test is about. */
import { decodeSessions } from '../../src/core/api/decode';
import type { AlertRules } from '../../src/core/alerts/alert-rules';
import type { RawFields, Session } from '../../src/core/api/schema';

/** What a session is, in the words of a test; anything else is a field as the server writes it. */
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

/** A session as the server writes it. */
export function toApiSession(fixture: SessionFixture = {}): RawFields {
  const { callState, queueState } = statesOf(fixture);
  return withoutAbsent({
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

/** A session as Ringside reads it. */
export function createSession(fixture: SessionFixture = {}): Session {
  const decoded = decodeSessions({ sessions: [toApiSession(fixture)] });
  const session = decoded.ok ? decoded.sessions[0] : undefined;
  if (!session) throw new Error('a fixture that makes no session');
  return session;
}

/** Everything alerts, nothing is muted. */
export const ALL_RULES: AlertRules = {
  shouldAlertRings: true,
  shouldAlertMissedCalls: true,
  holdLimitMs: 120_000,
  shouldAlertProblems: true,
  muted: { channels: [], customers: [], endpoints: [] },
  isDoNotDisturb: false,
  shouldCatchUp: false,
};

export const SECOND = 1_000;
export const MINUTE = 60_000;

function statesOf(fixture: SessionFixture): { callState: string; queueState: string } {
  if (fixture.ringing ?? fixture.dialing) return { callState: 'Ringing', queueState: 'None' };
  if (fixture.connected) return { callState: 'Connected', queueState: 'None' };
  if (fixture.held) return { callState: 'Hold', queueState: 'None' };
  if (fixture.queued) return { callState: 'Disconnected', queueState: 'Queued' };
  return { callState: 'Disconnected', queueState: 'None' };
}

/** The server leaves nulls out. */
function withoutAbsent(fields: RawFields): RawFields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
