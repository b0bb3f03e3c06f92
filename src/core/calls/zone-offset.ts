import type { Session } from '../api/schema';
import { getPhase } from './phase';

/** A date with a time of day and without a time zone. */
const WITHOUT_ZONE = /[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*$/;
const MINUTE_MS = 60_000;
/** All time zones differ from UTC by multiples of this. */
const STEP_MS = 15 * MINUTE_MS;
const MAX_OFFSET_MS = 14 * 60 * MINUTE_MS;
/** A ring is seen within seconds, and no call rings longer than this. */
const TOLERANCE_MS = 2 * MINUTE_MS;
/** A call may have waited in a queue for less than this before it rings. */
const MAX_QUEUE_MS = 170 * MINUTE_MS;

/**
 * How far (ms) the server's times are ahead of UTC if it sends local times without a time zone.
 * This is measured by a session that Ringside saw ringing at `seenAt` (ms since 1970 by the
 * server's clock); `undefined` if it can't be.
 */
export function measureZoneOffset(session: Session, seenAt: number): number | undefined {
  const { dateCreated, raw } = session;
  const text = raw['dateCreated'];
  if (dateCreated === undefined || typeof text !== 'string') return undefined;
  if (!WITHOUT_ZONE.test(text)) return 0;
  const aheadMs = dateCreated - seenAt;
  const offsetMs = Math.round(aheadMs / STEP_MS) * STEP_MS;
  const isPlausible = offsetMs >= 0 || offsetMs < -MAX_QUEUE_MS;
  const isExact = Math.abs(aheadMs - offsetMs) <= TOLERANCE_MS;
  return isPlausible && isExact && Math.abs(offsetMs) <= MAX_OFFSET_MS ? offsetMs : undefined;
}

/** Measures the zone offset by the first ringing session that allows it. */
export function findZoneOffset(sessions: Iterable<Session>, now: number): number | undefined {
  for (const session of sessions) {
    if (getPhase(session) !== 'ringing') continue;
    const offsetMs = measureZoneOffset(session, now);
    if (offsetMs !== undefined) return offsetMs;
  }
  return undefined;
}
