import { isSameNumber, toKeyText, type GetNumberKey, type NumberKey } from '../calls/number-key';
import type { LogEntry } from './entry';

/** Why and when a call was removed from the list of calls to return. */
export interface Settlement {
  /** A call to the number, an answered call from it, or the user. */
  readonly kind: 'called-back' | 'called-again' | 'by-hand';
  readonly at: number;
}

/** The calls of one caller that are still to be returned. */
export interface CallbackItem {
  /** The number, or the only call of a caller without one. */
  readonly key: string;
  /** The latest call first. */
  readonly entries: readonly [LogEntry, ...LogEntry[]];
}

/** The calls to return, and what settled the others. */
export interface Callbacks {
  /** The caller who called last comes first. */
  readonly items: readonly CallbackItem[];
  /** By the id of the entry. */
  readonly settlements: ReadonlyMap<string, Settlement>;
}

/** An answered or outgoing call, which settles earlier calls with its number. */
interface Contact extends Settlement {
  readonly key: NumberKey;
}

/** Whether a caller didn't get through: nobody answered, or they hung up in the queue. */
export function isUnanswered({ outcome, summary }: LogEntry): boolean {
  return (outcome.kind === 'missed' || outcome.kind === 'abandoned') && !isFax(summary);
}

/** Faxes don't need a callback. */
function isFax({ channel }: LogEntry['summary']): boolean {
  return channel === 'Fax';
}

/**
 * Finds the calls that are still to be returned. It depends on the entries alone and not on the
 * order in which they became known, so calls that are found later settle and are settled too.
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
  const contacts = findContacts(all, unanswered, getNumberKey);
  const settlements = new Map<string, Settlement>();
  const open = new Map<string, LogEntry[]>();
  for (const entry of unanswered.sort((a, b) => b.startedAt - a.startedAt)) {
    const { id, party } = entry.summary;
    const key = party.number === undefined ? undefined : getNumberKey(party.number);
    const settlement = getSettlement(entry, key, contacts);
    if (settlement) {
      settlements.set(id, settlement);
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
  return { items, settlements };
}

/** The contacts since the first unanswered call by number, the earliest first. */
function findContacts(
  entries: readonly LogEntry[],
  unanswered: readonly LogEntry[],
  getNumberKey: GetNumberKey,
): ReadonlyMap<string, readonly Contact[]> {
  const start = unanswered.reduce((least, { startedAt }) => Math.min(least, startedAt), Infinity);
  const contacts = new Map<string, Contact[]>();
  for (const entry of entries) {
    const { number } = entry.summary.party;
    const settlement = getContact(entry);
    if (number === undefined || !settlement || settlement.at < start) continue;
    const key = getNumberKey(number);
    const others = contacts.get(key.base);
    if (others) others.push({ ...settlement, key });
    else contacts.set(key.base, [{ ...settlement, key }]);
  }
  for (const list of contacts.values()) list.sort((a, b) => a.at - b.at);
  return contacts;
}

function getContact({ summary, outcome, startedAt }: LogEntry): Settlement | undefined {
  if (isFax(summary)) return undefined;
  if (summary.direction === 'outgoing') return { kind: 'called-back', at: startedAt };
  // When it was answered isn't known for sure, such as after a gap.
  return outcome.kind === 'answered' ? { kind: 'called-again', at: startedAt } : undefined;
}

function getSettlement(
  { startedAt, callbackMark }: LogEntry,
  key: NumberKey | undefined,
  contacts: ReadonlyMap<string, readonly Contact[]>,
): Settlement | undefined {
  if (callbackMark?.kind === 'done') return { kind: 'by-hand', at: callbackMark.at };
  if (!key) return undefined;
  // What the user put back on the list stays there until the next contact.
  const isLater = ({ at }: Contact): boolean =>
    callbackMark?.kind === 'reopened' ? at > callbackMark.at : at >= startedAt;
  const contact = contacts.get(key.base)?.find((one) => isLater(one) && isSameNumber(one.key, key));
  return contact && { kind: contact.kind, at: contact.at };
}
