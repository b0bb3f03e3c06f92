import type { RawFields, Session } from '../../core/api/schema';
import type { Call } from '../../core/calls/call';
import { getSessionEvents, type CallRecord } from '../../core/log/call-record';
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
  entry: LogEntryView | null,
  canPop: boolean,
  serverAheadMs = 0,
  record?: CallRecord,
  caller: CallerInfo = UNKNOWN_CALLER,
): SessionDetails | null {
  if (!session && !entry) return null;
  return {
    id,
    fields: session ? limitFields(session.raw) : null,
    events: (session ? getSessionEvents(session, serverAheadMs) : (record?.events ?? [])).slice(
      -MAX_EVENTS,
    ),
    members: record?.members ?? [],
    segments: call?.segments ?? entry?.segments ?? [],
    entry,
    canScreenPop: canPop,
    ...caller,
  };
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
