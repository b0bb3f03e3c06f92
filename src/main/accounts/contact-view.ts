import { getPhoneNumberFormats, type Region } from '../../core/calls/phone';
import type { ContactView } from '../../shared/ipc';
import type { AccountContact } from './account-list';

/** A contact as the window shows it. */
export function createContactView(
  { accountKey, accountLabel, contact }: AccountContact,
  region: Region | undefined,
): ContactView {
  const { name, address, customer, canCall } = contact;
  const { display, dialable } = getPhoneNumberFormats(address, region);
  return {
    account: accountKey,
    accountLabel,
    address,
    name,
    number: display,
    dialable,
    canCall: canCall && dialable !== undefined,
    customer,
  };
}
