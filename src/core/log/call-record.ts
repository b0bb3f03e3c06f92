import * as v from 'valibot';
import { truncate } from '../api/sanitize';
import type { Session } from '../api/schema';
import { isCurrentUserMember, type CurrentUser } from '../calls/call';
import { MAX_DATE_MS, optionalText } from '../stored-json';

/** What the server last said about a call, kept for when it no longer lists the call. */
export interface CallRecord {
  readonly members: readonly RecordedMember[];
  /** The latest of the server's notes. */
  readonly events: readonly RecordedEvent[];
  /** The number that was called, as the server sent it. */
  readonly calledNumber: string | undefined;
  readonly customerId: string | undefined;
  readonly callSid: string | undefined;
}

interface RecordedMember {
  readonly name: string | undefined;
  readonly role: string | undefined;
  readonly isCurrentUser: boolean;
}

interface RecordedEvent {
  /** In ms since 1970, by this computer's clock; `undefined` if the server sent no valid date. */
  readonly at: number | undefined;
  readonly message: string;
}

/** Thousands of calls are kept in memory, so only what a real call has is recorded. */
const MAX_MEMBERS = 20;
const MAX_EVENTS = 20;
const MAX_TEXT_LENGTH = 200;

const optionalInstant = v.optional(
  v.pipe(v.number(), v.minValue(-MAX_DATE_MS), v.maxValue(MAX_DATE_MS)),
  () => undefined,
);

/** A stored record. A damaged one is dropped without its log entry. */
export const storedRecord: v.GenericSchema<unknown, CallRecord | undefined> = v.fallback(
  v.optional(
    v.object({
      members: v.array(
        v.object({ name: optionalText, role: optionalText, isCurrentUser: v.boolean() }),
      ),
      events: v.array(v.object({ at: optionalInstant, message: v.string() })),
      calledNumber: optionalText,
      customerId: optionalText,
      callSid: optionalText,
    }),
    () => undefined,
  ),
  undefined,
);

/** Records a session. `serverAheadMs` is how far the server's clock is ahead of this computer's. */
export function createCallRecord(
  session: Session,
  currentUser: CurrentUser,
  serverAheadMs: number,
): CallRecord {
  return normalizeRecord({
    members: session.members.map((member) => ({
      name: member.displayName ?? member.identity,
      role: member.role,
      isCurrentUser: isCurrentUserMember(member, currentUser),
    })),
    events: getSessionEvents(session, serverAheadMs),
    calledNumber: session.direction === 'Outgoing' ? undefined : session.toAddress,
    customerId: session.customerId,
    callSid: session.callSid,
  });
}

/** The server's notes on a session, with times of this computer's clock. */
export function getSessionEvents(
  { log }: Pick<Session, 'log'>,
  serverAheadMs: number,
): readonly RecordedEvent[] {
  return log.flatMap(({ date, message }) =>
    message === undefined
      ? []
      : [{ at: date === undefined ? undefined : date - serverAheadMs, message }],
  );
}

/** Limits the texts and lists of a record. */
export function normalizeRecord(record: CallRecord): CallRecord {
  return {
    members: record.members.slice(0, MAX_MEMBERS).map(({ name, role, isCurrentUser }) => ({
      name: truncateOptional(name),
      role: truncateOptional(role),
      isCurrentUser,
    })),
    events: record.events
      .slice(-MAX_EVENTS)
      .map(({ at, message }) => ({ at, message: truncate(message, MAX_TEXT_LENGTH) })),
    calledNumber: truncateOptional(record.calledNumber),
    customerId: truncateOptional(record.customerId),
    callSid: truncateOptional(record.callSid),
  };
}

function truncateOptional(text: string | undefined): string | undefined {
  return text === undefined ? undefined : truncate(text, MAX_TEXT_LENGTH);
}
