import { accountIn, idIn } from '../../../core/session-key';
import type { LogView, SessionDetails } from '../../../shared/contract';
import type { Drawn } from '../../../shared/patch';
import type { MemberView, SessionView } from '../../../shared/state';
import { getTone, type Tone } from '../calls/session-text';
import { getOutcomeTone } from '../log/outcome-text';

/** The header data of an active session or of one from the log. */
export interface CallDetails {
  readonly id: string;
  readonly name: string | undefined;
  readonly number: string | undefined;
  readonly dialable: string | undefined;
  readonly path: readonly string[];
  readonly endpoint: string | undefined;
  readonly channel: string | undefined;
  readonly direction: 'incoming' | 'outgoing';
  readonly tone: Tone;
  readonly startedAt: number;
  readonly live: SessionView | undefined;
  readonly entry: LogView | undefined;
  readonly members: readonly MemberView[];
}

/** Finds an active session by its key, or by its id in any account. */
export function findSession(key: string, app: Drawn): SessionView | undefined {
  const { sessions, order } = app;
  if (sessions.has(key) || accountIn(key) !== undefined) return sessions.get(key);
  const match = order.find((candidate) => idIn(candidate) === key);
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
  const { facts } = entry;
  return {
    id: facts.id,
    name: facts.party.name,
    number: entry.number,
    dialable: entry.dialable,
    path: facts.place.path,
    endpoint: facts.place.endpoint,
    channel: facts.channel,
    direction: facts.direction,
    tone: getOutcomeTone(entry.outcome),
    startedAt: entry.startedAt,
    live: undefined,
    entry,
    members: [],
  };
}
