import type { ApiSession } from '../api/schema';

/** What a session is doing, from the person's point of view. */
export type Phase =
  'ended' | 'ringing' | 'dialing' | 'held' | 'connected' | 'queued' | 'passive' | 'open';

/** The phases in the order in which a list shows them: what needs a hand comes first. */
export const PHASES: readonly Phase[] = [
  'ringing',
  'dialing',
  'connected',
  'held',
  'queued',
  'passive',
  'open',
  'ended',
];

type PhaseFields = Pick<ApiSession, 'ended' | 'direction' | 'callState' | 'queueState'>;

/** The phase of a session: the first that matches, `open` when none does. */
export function getPhase(session: PhaseFields): Phase {
  const isIn = (state: string): boolean =>
    session.callState === state || session.queueState === state;
  if (session.ended === true) return 'ended';
  if (isIncoming(session) && isIn('Ringing')) return 'ringing';
  if (!isIncoming(session) && session.callState === 'Ringing') return 'dialing';
  if (isIn('Hold')) return 'held';
  if (isIn('Connected')) return 'connected';
  if (session.queueState === 'Queued') return 'queued';
  if (session.callState === 'Passive') return 'passive';
  return 'open';
}

/** Anything not called outgoing counts as incoming: better one alert too many than a lost caller. */
export function isIncoming(session: Pick<ApiSession, 'direction'>): boolean {
  return session.direction !== 'Outgoing';
}
