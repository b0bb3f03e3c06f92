import type { ApiSession } from '../api/schema';

/** What a session is doing, from the user's point of view. */
export type Phase =
  'ended' | 'ringing' | 'dialing' | 'held' | 'connected' | 'queued' | 'passive' | 'open';

/** The phases in list order: the most urgent ones come first. */
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

type PhaseFields = Partial<Pick<ApiSession, 'ended' | 'direction' | 'callState' | 'queueState'>>;

/** Returns the first phase that matches; `open` if none does. */
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

/** A missing direction counts as incoming: one alert too many is better than a lost caller. */
export function isIncoming(session: Pick<PhaseFields, 'direction'>): boolean {
  return session.direction !== 'Outgoing';
}
