import { isSameNumber, toKeyText, type GetNumberKey, type NumberKey } from '../calls/number-key';
import type { LogEntry } from './entry';

/** Why and when a call was removed from the list of calls to return. */
export interface CallbackResolution {
  /** A call to the number, an answered call from it, or the user. */
  readonly kind: 'called-back' | 'answered-later' | 'marked-done';
  readonly at: number;
}

/** The calls of one caller that still have to be returned. */
export interface CallbackItem {
  /** The number, or the only call of a caller without one. */
  readonly key: string;
  /** The latest call first. */
  readonly entries: readonly [LogEntry, ...LogEntry[]];
}

/** The calls to return, and why the others no longer have to be. */
export interface Callbacks {
  /** The caller who called last comes first. */
  readonly items: readonly CallbackItem[];
  /** By the id of the entry. */
  readonly resolutions: ReadonlyMap<string, CallbackResolution>;
}

/** An answered or outgoing call, which resolves earlier unanswered calls from its number. */
interface ResolvingCall extends CallbackResolution {
  readonly key: NumberKey;
}

/** Whether a caller didn't get through: no one answered, or they hung up in the queue. */
export function isUnanswered({ outcome, summary }: LogEntry): boolean {
  return (outcome.kind === 'missed' || outcome.kind === 'abandoned') && !isFax(summary);
}

/** Faxes don't need a callback. */
function isFax({ channel }: LogEntry['summary']): boolean {
  return channel === 'Fax';
}

/**
 * Finds the calls that still have to be returned. The result depends only on the entries and not on
 * the order in which they were found, so a call that is found late counts too.
 */
export function getCallbacks(
  entries: Iterable<LogEntry>,
  getNumberKey: GetNumberKey,
  isIgnored: (entry: LogEntry) => boolean = () => false,
): Callbacks {
  const all = [...entries];
  const unanswered = all.filter(
    (entry) => isUnanswered(entry) && entry.callbackMark?.kind !== 'past' && !isIgnored(entry),
  );
  const resolvingCalls = findResolvingCalls(all, unanswered, getNumberKey);
  const resolutions = new Map<string, CallbackResolution>();
  const open = new Map<string, LogEntry[]>();
  for (const entry of unanswered.sort((a, b) => b.startedAt - a.startedAt)) {
    const { id, party } = entry.summary;
    const key = party.number === undefined ? undefined : getNumberKey(party.number);
    const resolution = findResolution(entry, key, resolvingCalls);
    if (resolution) {
      resolutions.set(id, resolution);
      continue;
    }
    const itemKey = key ? `number:${toKeyText(key)}` : `call:${id}`;
    const item = open.get(itemKey);
    if (item) item.push(entry);
    else open.set(itemKey, [entry]);
  }
  const items = [...open].flatMap(([key, [latest, ...earlier]]): CallbackItem[] =>
    latest ? [{ key, entries: [latest, ...earlier] }] : [],
  );
  return { items, resolutions };
}

/** The resolving calls since the first unanswered call by number, the earliest first. */
function findResolvingCalls(
  entries: readonly LogEntry[],
  unanswered: readonly LogEntry[],
  getNumberKey: GetNumberKey,
): ReadonlyMap<string, readonly ResolvingCall[]> {
  const start = unanswered.reduce(
    (earliest, { startedAt }) => Math.min(earliest, startedAt),
    Infinity,
  );
  const resolvingCalls = new Map<string, ResolvingCall[]>();
  for (const entry of entries) {
    const { number } = entry.summary.party;
    const resolution = toResolution(entry);
    if (number === undefined || !resolution || resolution.at < start) continue;
    const key = getNumberKey(number);
    const others = resolvingCalls.get(key.base);
    if (others) others.push({ ...resolution, key });
    else resolvingCalls.set(key.base, [{ ...resolution, key }]);
  }
  for (const list of resolvingCalls.values()) list.sort((a, b) => a.at - b.at);
  return resolvingCalls;
}

function toResolution({ summary, outcome, startedAt }: LogEntry): CallbackResolution | undefined {
  if (isFax(summary)) return undefined;
  if (summary.direction === 'outgoing') return { kind: 'called-back', at: startedAt };
  // The time of the answer may be unknown, such as after a gap.
  return outcome.kind === 'answered' ? { kind: 'answered-later', at: startedAt } : undefined;
}

function findResolution(
  { startedAt, callbackMark }: LogEntry,
  key: NumberKey | undefined,
  resolvingCalls: ReadonlyMap<string, readonly ResolvingCall[]>,
): CallbackResolution | undefined {
  if (callbackMark?.kind === 'done') return { kind: 'marked-done', at: callbackMark.at };
  if (!key) return undefined;
  // What the user put back on the list stays there until the next resolving call.
  const isLater = ({ at }: ResolvingCall): boolean =>
    callbackMark?.kind === 'reopened' ? at > callbackMark.at : at >= startedAt;
  const call = resolvingCalls
    .get(key.base)
    ?.find((one) => isLater(one) && isSameNumber(one.key, key));
  return call && { kind: call.kind, at: call.at };
}
