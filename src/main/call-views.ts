/** What all views of calls have in common. */
import type { ContactIndex } from '../core/contacts/contacts';
import type { CallSummary, RemoteParty } from '../core/calls/call-summary';
import { formatPhoneNumber, getPhoneNumberFormats, type Region } from '../core/calls/phone';
import type { NotesIndex } from '../core/notes/notes';
import type { CallerView, CallNotes, CallView } from '../shared/state';

/** Creates the part that the views of active calls and of log entries share. */
export function createCallView(
  { summary, startedAt }: { readonly summary: CallSummary; readonly startedAt: number },
  calledNumber: string | undefined,
  notes: NotesIndex,
  region: Region | undefined,
): CallView {
  const { party, ...call } = summary;
  return {
    ...call,
    ...createCallerView(party, region),
    startedAt,
    calledNumber: calledNumber === undefined ? undefined : formatPhoneNumber(calledNumber, region),
    notes: getCallNotes(summary, notes),
  };
}

/** Creates the view of the other party. */
export function createCallerView(party: RemoteParty, region: Region | undefined): CallerView {
  const { name, number, isWithheld = false, isNameFromContacts } = party;
  const formats = number === undefined ? undefined : getPhoneNumberFormats(number, region);
  return {
    name,
    ...(isNameFromContacts && { isNameFromContacts }),
    number: formats?.display,
    dialable: formats?.dialable,
    isWithheld,
  };
}

/** What the user noted about the number and the customer of a call. */
function getCallNotes(summary: CallSummary, index: NotesIndex): CallNotes {
  return {
    number: index.getNumberNote(summary.party.number)?.text ?? '',
    customer: index.getCustomerNote(summary.customerPath)?.text ?? '',
    priority: index.getPriority(summary),
  };
}

/**
 * A call with the best name for its number: the user's own, or else the server's, or else that of a
 * contact.
 */
export function withKnownName<Call extends Pick<CallSummary, 'party'>>(
  call: Call,
  notes: NotesIndex,
  contacts?: ContactIndex,
): Call {
  const { party } = call;
  const ownName = notes.getNumberNote(party.number)?.name ?? '';
  if (ownName !== '') return { ...call, party: { ...party, name: ownName } };
  if (party.name !== undefined) return call;
  const name = contacts?.findName(party.number);
  return name === undefined
    ? call
    : { ...call, party: { ...party, name, isNameFromContacts: true } };
}
