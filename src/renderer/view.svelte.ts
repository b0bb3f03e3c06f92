import type { Destination } from '../shared/state';

/** The views that the tabs at the foot of the window switch between. */
export type Tab = 'calls' | 'recent' | 'today';

/** What lies over the tabs; `null` when nothing does. */
export type Sheet =
  | { readonly kind: 'session'; readonly id: string }
  | { readonly kind: 'settings' }
  /** The sign-in of one account more, or of the one with this key; what it was opened from. */
  | { readonly kind: 'sign-in'; readonly account: string | undefined; readonly from: Sheet }
  | null;

/** Where the person is in the window. The tab below a sheet stays as it was left. */
export class View {
  tab = $state<Tab>('calls');
  sheet = $state.raw<Sheet>(null);
  searching = $state(false);
  query = $state('');
  recentOnly = $state<'all' | 'missed'>('all');
  /** Where each list was scrolled to, in px. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- read once, when a list appears
  readonly scroll = new Map<string, number>();
  /** What had the keyboard before the sheet opened, to give it back. */
  #cameFrom: HTMLElement | null = null;

  /** Opens the details of a session, from a list or because main says so. */
  openSession(id: string): void {
    this.#open({ kind: 'session', id });
  }

  openSettings(): void {
    this.#open({ kind: 'settings' });
  }

  /** Opens the sign-in of an account, by its key, or of one more. */
  openSignIn(account?: string): void {
    this.#open({ kind: 'sign-in', account, from: this.sheet });
  }

  /** Goes back from a sheet to the very place from which it was opened. */
  back(): void {
    if (this.sheet?.kind === 'sign-in' && this.sheet.from !== null) {
      this.sheet = this.sheet.from;
      return;
    }
    this.sheet = null;
    const cameFrom = this.#cameFrom;
    this.#cameFrom = null;
    // Only once the tab below can take the focus again.
    requestAnimationFrame(() => cameFrom?.focus({ preventScroll: true }));
  }

  show(tab: Tab): void {
    if (this.tab !== tab) this.stopSearching();
    this.tab = tab;
    this.sheet = null;
  }

  startSearching(): void {
    this.searching = true;
  }

  stopSearching(): void {
    this.searching = false;
    this.query = '';
  }

  /** Goes where main wants the person to be. */
  go(destination: Destination): void {
    switch (destination.view) {
      case 'calls':
        this.show('calls');
        return;
      case 'missed':
        this.show('recent');
        this.recentOnly = 'missed';
        return;
      case 'session':
        this.openSession(destination.id);
        return;
      case 'settings':
        this.openSettings();
    }
  }

  #open(sheet: Sheet): void {
    if (this.sheet === null && document.activeElement instanceof HTMLElement) {
      this.#cameFrom = document.activeElement;
    }
    this.sheet = sheet;
  }
}
