import { shell } from 'electron';
import { getDialableNumber, type Region } from '../core/calls/phone';
import { findSessionAccount } from '../shared/accounts';
import type { AccountList } from './accounts/account-list';
import { log } from './logger';
import { hasPhoneApp } from './platform/phone-app';
import type { CallLog } from './storage/call-log';

/** Whether the phone app was opened, and if not, the number that the user can copy. */
export interface CallBackResult {
  readonly ok: boolean;
  readonly number?: string | undefined;
}

/** Opens the softphone and the browser. Every method says whether something was opened. */
export class ExternalLinks {
  constructor(
    private readonly accounts: Pick<AccountList, 'views' | 'getCall' | 'getContacts'>,
    private readonly callLog: Pick<CallLog, 'get'>,
    private readonly i18n: { readonly region: Region | undefined },
    private readonly canCall: () => Promise<boolean> = () => hasPhoneApp(),
  ) {}

  /** Opens the softphone with a number. */
  async callNumber(number: string | undefined): Promise<CallBackResult> {
    const target = number === undefined ? undefined : getDialableNumber(number, this.i18n.region);
    if (target === undefined) return { ok: false };
    const ok = (await this.canCall()) && (await openExternally(`tel:${target}`));
    return ok ? { ok } : { ok, number };
  }

  /** Opens the softphone with the number of a session, active or from the call log. */
  async callBack(id: string): Promise<CallBackResult> {
    const summary = this.accounts.getCall(id)?.summary ?? this.callLog.get(id)?.summary;
    return this.callNumber(summary?.party.number);
  }

  /** Opens the softphone with the number of a contact. */
  async callContact(accountKey: string, address: string): Promise<CallBackResult> {
    return this.callNumber(this.accounts.getContacts(accountKey)?.get(address)?.address);
  }

  /** Opens the website of a session's server. */
  async openServer(id: string): Promise<boolean> {
    return this.openPage(findSessionAccount(id, this.accounts.views)?.server ?? '');
  }

  /** Opens an https URL in the browser. */
  async openPage(url: string): Promise<boolean> {
    return url.startsWith('https://') ? openExternally(url) : false;
  }
}

/** Opens a URL with the system's default app; `false` if there is none. */
export async function openExternally(url: string): Promise<boolean> {
  try {
    await shell.openExternal(url);
    return true;
  } catch (error) {
    log.error('cannot open a link', error);
    return false;
  }
}
