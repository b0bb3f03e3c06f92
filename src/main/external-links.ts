import { shell } from 'electron';
import { dialable, type Region } from '../core/phone';
import { accountOf } from '../shared/accounts';
import type { AccountManager } from './accounts/account-manager';
import { log } from './log';
import type { CallLog } from './storage/call-log';

/** Opens the softphone and the browser. Every method says whether something was opened. */
export class ExternalLinks {
  constructor(
    private readonly accounts: Pick<AccountManager, 'accounts' | 'getCall'>,
    private readonly callLog: Pick<CallLog, 'get'>,
    private readonly i18n: { readonly region: Region | undefined },
  ) {}

  /** Opens the softphone with the number of a session, active or from the call log. */
  async callBack(id: string): Promise<boolean> {
    const facts = this.accounts.getCall(id)?.facts ?? this.callLog.get(id)?.facts;
    const number = facts?.party.number;
    const target = number === undefined ? undefined : dialable(number, this.i18n.region);
    return target === undefined ? false : openExternally(`tel:${target}`);
  }

  /** Opens the website of a session's server. */
  async openServer(id: string): Promise<boolean> {
    return this.openPage(accountOf(id, this.accounts.accounts)?.server ?? '');
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
