import { ContactIndex, type Contact } from '../../core/contacts/contacts';
import type { GetNumberKey } from '../../core/calls/number-key';
import type { SettingsStore } from '../storage/settings-store';
import type { Account } from './account';
import { isRefusal, type ApiClient } from './api-client';

const REFRESH_MS = 4 * 60 * 60 * 1_000;
const RETRY_MS = 5 * 60_000;

/**
 * The contacts of an account. They are requested right after a poll, when nothing else is in flight;
 * the next poll doesn't wait for them.
 */
export class ContactList {
  #contacts: readonly Contact[] = [];
  #index: ContactIndex | undefined;
  #getNumberKey: GetNumberKey | undefined;
  #isRefused = false;
  #isBusy = false;
  /** By the monotonic clock. */
  #dueAtMs = 0;

  constructor(
    private readonly account: Pick<Account, 'connection' | 'isRunning'> & {
      emit(event: 'names' | 'change'): boolean;
    },
    private readonly client: Pick<ApiClient, 'getContacts'>,
    private readonly settings: Pick<SettingsStore, 'get'>,
  ) {}

  /** Whether the server doesn't let this user read contacts. */
  get isRefused(): boolean {
    return this.#isRefused;
  }

  /** Finds contacts. Every change creates a new one. */
  getIndex(getNumberKey: GetNumberKey): ContactIndex {
    if (getNumberKey !== this.#getNumberKey) this.#index = undefined;
    this.#getNumberKey = getNumberKey;
    return (this.#index ??= new ContactIndex(this.#contacts, getNumberKey));
  }

  /** Keeps the contacts of the same account from before it was paused. */
  restore({ contacts }: ContactList): void {
    this.#contacts = contacts;
  }

  get contacts(): readonly Contact[] {
    return this.#contacts;
  }

  /** Lifts a refusal by the server and reloads the contacts, after a new sign-in. */
  retry(): void {
    this.#isRefused = false;
    this.#dueAtMs = 0;
  }

  /** Forgets the contacts if the user turned them off, and requests them if they are due. */
  async update(): Promise<void> {
    if (!this.account.isRunning) return;
    if (!this.#isWanted) {
      this.#dueAtMs = 0;
      this.#set([]);
      return;
    }
    const isLive = this.account.connection.kind === 'live';
    if (!isLive || this.#isBusy || this.#isRefused || performance.now() < this.#dueAtMs) return;
    await this.#request();
  }

  async #request(): Promise<void> {
    this.#isBusy = true;
    const result = await this.client.getContacts();
    this.#isBusy = false;
    // The user may have turned them off, or signed in again, in the meantime.
    if (!this.account.isRunning || !this.#isWanted) return;
    if (result.ok) {
      // Keeps desktops that start at the same time from asking at the same time.
      this.#dueAtMs = performance.now() + REFRESH_MS * (0.9 + 0.2 * Math.random());
      this.#set(result.value);
      return;
    }
    const { error } = result;
    const retryAfterMs = error.kind === 'fault' ? error.retryAfterMs : undefined;
    const delayMs = Math.max(RETRY_MS, retryAfterMs ?? 0);
    this.#dueAtMs = performance.now() + Math.min(delayMs, REFRESH_MS);
    const isTooLarge = error.kind === 'fault' && error.fault.kind === 'too-large';
    if (isTooLarge || isRefusal(error)) this.#refuse();
  }

  get #isWanted(): boolean {
    return this.settings.get().contacts;
  }

  #refuse(): void {
    this.#isRefused = true;
    this.#set([]);
    this.account.emit('change');
  }

  #set(contacts: readonly Contact[]): void {
    if (contacts.length === 0 && this.#contacts.length === 0) return;
    this.#contacts = contacts;
    this.#index = undefined;
    this.account.emit('names');
  }
}
