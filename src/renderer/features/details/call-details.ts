import { getAccountKey, getSessionId } from '../../../core/calls/session-key';
import type { LogEntryView, SessionDetails } from '../../../shared/ipc';
import type { RendererState } from '../../../shared/patch';
import type { CallView, MemberView, SessionView } from '../../../shared/state';
import { getTone, type Tone } from '../calls/session-text';
import { getOutcomeTone } from '../log/outcome-text';

/** The header data of an active session or of one from the log. */
export interface CallDetails extends CallView {
  readonly tone: Tone;
  readonly live: SessionView | undefined;
  readonly entry: LogEntryView | undefined;
  readonly members: readonly MemberView[];
}

/** Finds an active session by its key, or by its id in any account. */
export function findSession(key: string, app: RendererState): SessionView | undefined {
  const { sessions, sessionOrder } = app;
  if (sessions.has(key) || getAccountKey(key) !== undefined) return sessions.get(key);
  const match = sessionOrder.find((candidate) => getSessionId(candidate) === key);
  return match === undefined ? undefined : sessions.get(match);
}

/** Prefers the active session: it's newer than its log entry. */
export function toCallDetails(
  live: SessionView | undefined,
  details: SessionDetails | undefined,
): CallDetails | undefined {
  const entry = details?.entry ?? undefined;
  if (live) return { ...live, tone: getTone(live), live, entry };
  if (!entry) return undefined;
  const members = details?.members.map(toMemberView) ?? [];
  return { ...entry, tone: getOutcomeTone(entry.outcome), live: undefined, entry, members };
}

/** A member of a call that is over. */
function toMemberView(member: SessionDetails['members'][number], index: number): MemberView {
  return {
    ...member,
    key: String(index),
    callState: undefined,
    isMuted: false,
    isHeld: false,
    avatar: undefined,
  };
}

/** Whether the other party is still on the line, so calling them makes no sense. */
export function isLiveCall({ live, tone }: Pick<CallDetails, 'live' | 'tone'>): boolean {
  return live !== undefined && tone !== 'ended' && tone !== 'missed';
}
