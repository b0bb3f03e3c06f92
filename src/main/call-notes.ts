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

/** The summary with the user's own name for the number. */
export function withOwnName(summary: CallSummary, index: NotesIndex): CallSummary {
  const name = index.getNumberNote(summary.party.number)?.name ?? '';
  return name === '' ? summary : { ...summary, party: { ...summary.party, name } };
}
