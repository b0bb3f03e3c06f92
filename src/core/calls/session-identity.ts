import type { Session } from '../api/schema';
import { getElapsedMs, type Timestamp } from '../timestamp';
import { SAME_RING_MS, type Call } from './call';

/**
 * The sessions of a response by id. A session whose id changed while its `callSid` stayed keeps the
 * id that its call is known by.
 */
export function resolveIdentities(
  sessions: readonly Session[],
  calls: ReadonlyMap<string, Call>,
  now: Timestamp,
): ReadonlyMap<string, Session> {
  const byId = new Map(sessions.map((session) => [session.id, session]));
  const isKnown = (id: string): boolean => canContinue(calls.get(id), now);
  if (sessions.every(({ id, callSid }) => callSid === undefined || isKnown(id))) return byId;
  const idsByCallSid = new Map<string | undefined, string>();
  for (const [id, call] of calls) {
    if (canContinue(call, now) && !byId.has(id)) idsByCallSid.set(call.callSid, id);
  }
  idsByCallSid.delete(undefined);
  const resolved = sessions.map((session): readonly [string, Session] => {
    const id = isKnown(session.id) ? undefined : idsByCallSid.get(session.callSid);
    if (id === undefined) return [session.id, session];
    // A second session of the same call is a separate call.
    idsByCallSid.delete(session.callSid);
    return [id, { ...session, id }];
  });
  return new Map(resolved);
}

/** Whether a session can still be the continuation of a call. */
function canContinue(call: Call | undefined, now: Timestamp): boolean {
  if (!call) return false;
  return (
    !call.goneAt || call.pendingLookup !== null || getElapsedMs(call.goneAt, now) <= SAME_RING_MS
  );
}
