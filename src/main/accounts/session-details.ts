import type { RawFields, Session } from '../../core/api/schema';
import type { Call } from '../../core/calls/call';
import { getSessionEvents } from '../../core/log/call-record';
import type { LogEntry } from '../../core/log/entry';
import type { LogEntryView, SessionDetails } from '../../shared/ipc';

const MAX_FIELD_LENGTH = 20_000;
const MAX_FIELDS = 500;
/** Deeper values would overflow the stack when they are copied to the window. */
const MAX_DEPTH = 50;
const MAX_EVENTS = 500;

/** What Ringside knows about the caller besides the call. */
export type CallerInfo = Pick<SessionDetails, 'history' | 'numberNote' | 'customerNote'>;

const UNKNOWN_CALLER: CallerInfo = { history: null, numberNote: null, customerNote: null };

/** Everything about a session, active or from the call log; `null` if it is in neither. */
export function createSessionDetails(
  id: string,
  session: Session | undefined,
  call: Call | undefined,
  entry: LogEntry | undefined,
  view: LogEntryView | null,
  canPop: boolean,
  serverAheadMs = 0,
  caller: CallerInfo = UNKNOWN_CALLER,
): SessionDetails | null {
  const fields = session ? limitFields(session.raw) : entry && getLoggedFields(entry, view);
  if (!fields) return null;
  const { members = [], events = [] } = entry?.record ?? {};
  return {
    id,
    fields,
    events: (session ? getSessionEvents(session, serverAheadMs) : events).slice(-MAX_EVENTS),
    members,
    segments: call?.segments ?? entry?.segments ?? [],
    entry: view,
    canScreenPop: canPop,
    ...caller,
  };
}

/** What the log kept of a call, with times in ISO 8601. */
function getLoggedFields(entry: LogEntry, view: LogEntryView | null): RawFields {
  const { summary, accountLabel, outcome, ringMs, talkMs, holdMs, segments, record } = entry;
  const logged = {
    ...summary,
    calledNumber: view?.calledNumber,
    account: accountLabel,
    outcome,
    startedAt: formatInstant(entry.startedAt),
    answeredAt: formatInstant(entry.answeredAt),
    endedAt: formatInstant(entry.endedAt),
    ringMs,
    talkMs,
    holdMs,
    segments: segments.map(({ phase, from }) => ({ phase, from: formatInstant(from) })),
    members: record?.members ?? [],
    events: (record?.events ?? []).map(({ at, message }) => ({ at: formatInstant(at), message })),
  };
  // Without what is undefined.
  return JSON.parse(JSON.stringify(logged)) as RawFields;
}

function formatInstant(instant: number | undefined): string | undefined {
  const date = new Date(instant ?? NaN);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** Limits what a hostile server can make the window draw. */
function limitFields(fields: RawFields): RawFields {
  const limited = Object.entries(fields).slice(0, MAX_FIELDS);
  return Object.fromEntries(limited.map(([name, value]) => [name, limitValue(value)]));
}

function limitValue(value: unknown): unknown {
  if (isDeeperThan(MAX_DEPTH, value)) return '…';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > MAX_FIELD_LENGTH ? `${text.slice(0, MAX_FIELD_LENGTH)}…` : value;
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner));
}
