import type { ContactIndex } from '../core/contacts/contacts';
import type { CallSummary } from '../core/calls/call-summary';
import type { NotesIndex } from '../core/notes/notes';
import type { CallNotes } from '../shared/state';

/** What the user noted about the number and the customer of a call. */
export function getCallNotes(summary: CallSummary, index: NotesIndex): CallNotes {
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
