import type { ContactInfo } from './api-types';
import { CALLERS, UNNAMED_CALLER } from './scenario/callers';
import { DEPOT } from './scenario/customers';
import { COLLEAGUES, RECEPTION } from './scenario/people';

/** The contacts of every user: the caller whose name no session has, callers, and colleagues. */
export const CONTACTS: readonly ContactInfo[] = [
  {
    displayName: 'Riverside Couriers',
    address: UNNAMED_CALLER.address,
    type: 'Contact',
    customerName: DEPOT.name,
    canCall: true,
    canChat: false,
  },
  ...CALLERS.slice(0, 5).map(({ name, address }): ContactInfo => ({
    displayName: name,
    address,
    type: 'Contact',
    canCall: true,
    canChat: true,
  })),
  ...COLLEAGUES.map(({ name }, index): ContactInfo => ({
    displayName: name,
    address: String(201 + index),
    type: 'User',
    canCall: true,
    canChat: true,
  })),
  { displayName: RECEPTION.name, address: '300', type: 'Team', canCall: true, canChat: false },
];
