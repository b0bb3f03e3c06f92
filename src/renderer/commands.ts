import type { ExportSelection } from '../core/log/export-selection';
import type { Bridge, ContactView, RequestResults } from '../shared/ipc';
import type { AppStateStore } from './app-state.svelte';
import type { I18n } from './i18n.svelte';
import type { Toasts } from './toasts.svelte';

/** Commands that report their result in a toast. */
export class Commands {
  readonly #bridge: Bridge;
  readonly #store: AppStateStore;
  readonly #i18n: I18n;
  readonly #toasts: Toasts;
  #openForms = 0;

  constructor(bridge: Bridge, store: AppStateStore, i18n: I18n, toasts: Toasts) {
    this.#bridge = bridge;
    this.#store = store;
    this.#i18n = i18n;
    this.#toasts = toasts;
  }

  /** Whether the user has set up a customer page. */
  get hasCustomerPage(): boolean {
    return this.#store.state.settings.screenPopUrl !== '';
  }

  /** Whether the user can mute the customer of a call; an administrator may decide instead. */
  canMute(customer: string | undefined): customer is string {
    const { managedSettings } = this.#store.state;
    return customer !== undefined && !managedSettings.includes('mutedCustomers');
  }

  /** Keeps the window open while the user fills in a form. Returns a function that ends it. */
  keepWindowOpen(): () => void {
    this.#openForms += 1;
    if (this.#openForms === 1) void this.#bridge.request('window:keep-open', true);
    return () => {
      this.#openForms -= 1;
      if (this.#openForms === 0) void this.#bridge.request('window:keep-open', false);
    };
  }

  /** Shows a notification like that of a call. */
  async sendTestAlert(): Promise<void> {
    await this.#bridge.request('alert:test');
    this.#toasts.show(this.#i18n.t('introduction.testSent'));
  }

  async copyText(text: string): Promise<void> {
    await this.#bridge.request('clipboard:copy', text);
    this.#toasts.show(this.#i18n.t('toast.copied'));
  }

  async copyDiagnostics(): Promise<void> {
    await this.#bridge.request('diagnostics:copy');
    this.#toasts.show(this.#i18n.t('toast.copied'));
  }

  /** Opens the number of a session in the system's phone app. */
  async callBack(id: string): Promise<void> {
    this.#reportCall(await this.#bridge.request('session:call-back', id));
  }

  /** Opens the number of a contact in the system's phone app. */
  async callContact({ account, address }: ContactView): Promise<void> {
    this.#reportCall(await this.#bridge.request('contact:call-back', { account, address }));
  }

  /** Opens the number of a voicemail in the system's phone app. */
  async callVoicemail(key: string): Promise<void> {
    this.#reportCall(await this.#bridge.request('voicemail:call-back', key));
  }

  #reportCall({ ok, number }: RequestResults['session:call-back']): void {
    const copy = number !== undefined && {
      label: this.#i18n.t('action.copyNumber'),
      run: () => void this.copyText(number),
    };
    this.#toasts.show(this.#i18n.t(ok ? 'toast.calling' : 'toast.noPhoneApp'), copy || undefined);
  }

  /** Opens a link of a chat in the browser. */
  async openChatLink(id: string, url: string): Promise<void> {
    const { ok } = await this.#bridge.request('chat:open-link', { id, url });
    if (!ok) this.#toasts.show(this.#i18n.t('toast.noBrowser'));
  }

  /** Opens a page about a session in the browser. */
  async openInBrowser(
    page: 'session:screen-pop' | 'session:open-in-browser',
    id: string,
  ): Promise<void> {
    const { ok } = await this.#bridge.request(page, id);
    if (!ok) this.#toasts.show(this.#i18n.t('toast.noBrowser'));
  }

  /** Opens the customer page with the values of the example. */
  async tryCustomerPage(): Promise<void> {
    const { ok } = await this.#bridge.request('screen-pop:try');
    if (!ok) this.#toasts.show(this.#i18n.t('toast.noBrowser'));
  }

  /** Loads calls of an account from before the earliest one in the log. */
  async loadEarlierCalls(account: string): Promise<void> {
    const result = await this.#bridge.request('log:load-earlier', account);
    if (result === 'none') this.#toasts.show(this.#i18n.t('log.noEarlier'));
    if (result === 'failed') this.#toasts.show(this.#i18n.t('log.earlierFailed'));
  }

  /** Takes calls off the list of calls to return, with a chance to undo it. */
  async markCallbacksDone(ids: readonly string[]): Promise<void> {
    const mark = (isDone: boolean): Promise<null> =>
      this.#bridge.request('log:mark-callbacks', { ids: [...ids], isDone });
    await mark(true);
    this.#toasts.show(this.#i18n.t('callbacks.done'), {
      label: this.#i18n.t('toast.undo'),
      run: () => void mark(false),
    });
  }

  /** Mutes or unmutes a customer. Muting can be undone, as its button is easily hit by mistake. */
  async setCustomerMuted(customer: string, isMuted: boolean): Promise<void> {
    const others = this.#store.state.settings.mutedCustomers.filter((name) => name !== customer);
    const mutedCustomers = isMuted ? [...others, customer] : others;
    const { ok } = await this.#bridge.request('settings:update', { mutedCustomers });
    if (!ok || !isMuted) return;
    this.#toasts.show(this.#i18n.t('muteList.muted', { customer }), {
      label: this.#i18n.t('toast.undo'),
      run: () => void this.setCustomerMuted(customer, false),
    });
  }

  async exportNotes(): Promise<void> {
    const saved = await this.#bridge.request('notes:export');
    if (saved) this.#toasts.show(this.#i18n.t('log.exported', { file: saved.file }));
  }

  async importNotes(): Promise<void> {
    const read = await this.#bridge.request('notes:import');
    if (read) this.#toasts.show(this.#i18n.t('notes.imported', { count: read.count }));
  }

  async exportLog(selection: ExportSelection): Promise<void> {
    const saved = await this.#bridge.request('log:export', selection);
    if (saved) this.#toasts.show(this.#i18n.t('log.exported', { file: saved.file }));
  }
}
