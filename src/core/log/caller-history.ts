import { isSameNumber, type GetNumberKey } from '../calls/number-key';
import { isUnanswered } from './callbacks';
import type { LogEntry } from './entry';

/** What the log knows about the other calls with a number. */
export interface CallerHistory {
  /** Calls from the number on the day of this call, including this one. */
  readonly callsToday: number;
  /** When the last earlier call from the number that no one answered began, in ms since 1970. */
  readonly lastMissedAt: number | undefined;
  /** The last earlier conversation with the number. */
  readonly lastTalk: LastTalk | undefined;
}

/** A conversation with a caller. */
export interface LastTalk {
  readonly at: number;
  readonly talkMs: number;
  readonly direction: 'incoming' | 'outgoing';
  /** Who answered, if known. */
  readonly by: string | undefined;
  /** Whether the user answered. */
  readonly isOwn: boolean;
}

/**
 * Summarizes the earlier calls with the number of a call; `null` if there are none, or if the call
 * has no number.
 */
export function getCallerHistory(
  entries: Iterable<LogEntry>,
  call: { readonly id: string; readonly number: string | undefined; readonly startedAt: number },
  getNumberKey: GetNumberKey,
): CallerHistory | null {
  if (call.number === undefined) return null;
  const key = getNumberKey(call.number);
  const midnight = new Date(call.startedAt).setHours(0, 0, 0, 0);
  let callsToday = 1;
  let lastMissedAt: number | undefined;
  let lastTalk: LogEntry | undefined;
  for (const entry of entries) {
    const { summary, startedAt } = entry;
    const { number } = summary.party;
    if (number === undefined || summary.id === call.id || startedAt > call.startedAt) continue;
    if (!isSameNumber(getNumberKey(number), key)) continue;
    if (summary.direction === 'incoming' && startedAt >= midnight) callsToday += 1;
    if (isUnanswered(entry) && startedAt > (lastMissedAt ?? -Infinity)) lastMissedAt = startedAt;
    if (isConversation(entry) && startedAt > (lastTalk?.startedAt ?? -Infinity)) lastTalk = entry;
  }
  if (callsToday === 1 && lastMissedAt === undefined && !lastTalk) return null;
  return { callsToday, lastMissedAt, lastTalk: lastTalk && toLastTalk(lastTalk) };
}

function isConversation({ outcome, talkMs }: LogEntry): boolean {
  return outcome.kind === 'answered' || (outcome.kind === 'outgoing' && talkMs > 0);
}

function toLastTalk({ summary, outcome, startedAt, talkMs }: LogEntry): LastTalk {
  const { direction } = summary;
  return outcome.kind === 'answered'
    ? { at: startedAt, talkMs, direction, by: outcome.by, isOwn: outcome.isOwn }
    : { at: startedAt, talkMs, direction, by: undefined, isOwn: false };
}
