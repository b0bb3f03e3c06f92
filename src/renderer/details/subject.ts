import { accountIn, idIn } from '../../core/session-key';
import type { LogView, SessionDetails } from '../../shared/contract';
import type { Drawn } from '../../shared/patch';
import type { MemberView, SessionView } from '../../shared/state';
import { toneOf, type Tone } from '../calls/describe';
import { toneOfOutcome } from '../recent/outcome';

/** What the head of the details tells, of a session that runs or of one from the log. */
export interface Subject {
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

/** The session that is listed under a key, or, given an id alone, under any that has it. */
export function listedAs(key: string, app: Drawn): SessionView | undefined {
  const { sessions, order } = app;
  if (sessions.has(key) || accountIn(key) !== undefined) return sessions.get(key);
  const found = order.find((listed) => idIn(listed) === key);
  return found === undefined ? undefined : sessions.get(found);
}

/** The subject as it is now: what runs is newer than what the log wrote. */
export function subjectOf(
  live: SessionView | undefined,
  details: SessionDetails | undefined,
): Subject | undefined {
  const entry = details?.entry ?? undefined;
  if (live) return { ...live, tone: toneOf(live), live, entry };
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
    tone: toneOfOutcome(entry.outcome),
    startedAt: entry.startedAt,
    live: undefined,
    entry,
    members: [],
  };
}
