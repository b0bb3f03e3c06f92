import { shell } from 'electron';
import { dialable, type Region } from '../core/phone';
import { accountOf } from '../shared/accounts';
import type { Companion } from './companion';
import { log } from './log';
import { popAddress } from './screen-pop';
import type { CallLog } from './store/call-log';

/** What leading out of the app takes. */
export interface OutsideNeeds {
  readonly companion: Companion;
  readonly callLog: Pick<CallLog, 'get'>;
  readonly region: () => Region | undefined;
}

/** The ways out of the app: a number to the softphone, a call or the server to the browser. */
export class Outside {
  readonly #needs: OutsideNeeds;

  constructor(needs: OutsideNeeds) {
    this.#needs = needs;
  }

  /** Hands the number of a session to the system's softphone; false where it is no number. */
  async callBack(id: string): Promise<boolean> {
    const { companion, callLog, region } = this.#needs;
    const logged = callLog.get(id)?.facts.party.number;
    const number =
      companion.view(id)?.dialable ??
      (logged === undefined ? undefined : dialable(logged, region()));
    return number === undefined ? false : open(`tel:${number}`);
  }

  /** Opens the vendor's own pages in the browser; false where its server is not on https. */
  async openServer(id: string): Promise<boolean> {
    const server = accountOf(id, this.#needs.companion.accounts)?.server ?? '';
    return server.startsWith('https://') ? open(server) : false;
  }

  /** Opens a page that tells of a release. */
  async openPage(address: string): Promise<boolean> {
    return address.startsWith('https://') ? open(address) : false;
  }

  /** Whether {@link pop} would open anything. */
  canPop(id: string): boolean {
    return this.#addressOf(id) !== undefined;
  }

  /** Opens the screen pop of an active session in the browser; false where none is set up. */
  async pop(id: string): Promise<boolean> {
    const address = this.#addressOf(id);
    return address === undefined ? false : open(address);
  }

  #addressOf(id: string): string | undefined {
    const { companion } = this.#needs;
    const session = companion.session(id);
    return session && popAddress(companion.settings.screenPopUrl, session);
  }
}

/** Hands an address to the system; false where nothing on it takes such addresses. */
async function open(address: string): Promise<boolean> {
  try {
    await shell.openExternal(address);
    return true;
  } catch (error) {
    log.error('nothing opens this', error);
    return false;
  }
}
