import type { RawFields } from '../../../src/core/api/schema';

/** The raw fields of a session. */
export const RAW_FIELDS: RawFields = {
  id: '65d2f1a0b2d4c80013ef0021',
  dateCreated: '2025-03-04T10:41:22.1234567',
  dialState: 'Active',
  callState: 'Hold',
  queueState: 'None',
  accountName: 'Clearwater Answering',
  customerName: 'Acme Rentals',
  customerBreadcrumb: [
    { id: 'c1', name: 'Acme' },
    { id: 'c2', name: 'Acme Rentals' },
  ],
  endpointName: 'Front desk',
  fromAddress: '+12025550162',
  fromName: 'Alan Turing',
  channel: 'Voice',
  direction: 'Incoming',
  wasMissed: false,
  members: [
    { displayName: 'Maya Kent', role: 'Agent', callState: 'Connected', muted: true },
    { displayName: 'Alan Turing', role: 'Caller', callState: 'Hold', muted: false },
  ],
};
