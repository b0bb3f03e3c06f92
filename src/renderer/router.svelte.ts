import type { Navigation } from '../shared/ipc';
import type { SectionName } from './features/settings/settings-schema';
import { focusPageHeading, focusStart, hasLostFocus, rememberFocus } from './focus';

/** The tabs at the bottom of the window. */
export type Tab = 'calls' | 'log' | 'today';

/** The page that covers the tabs; `null` if none does. */
export type Page =
  | { readonly kind: 'session'; readonly id: string }
  /** With a section, the settings are scrolled to it. */
  | { readonly kind: 'settings'; readonly section?: SectionName | undefined }
  /** Signs in to the account with this key, or adds one; returns to `from`. */
  | { readonly kind: 'sign-in'; readonly account: string | undefined; readonly from: Page }
  | null;

/** The location in the window. The tab below a page keeps its state. */
export class Router {
  tab = $state<Tab>('calls');
  page = $state.raw<Page>(null);
  /** A link brought the window here, and the user has neither clicked nor typed since. */
  isUntouched = $state(false);
  isSearching = $state(false);
  isShowingShortcuts = $state(false);
  query = $state('');
  /** The top of the active calls is out of sight. */
  isCallListScrolled = $state(false);
  /** Increases when the list of active calls has to show its top. */
  topRequests = $state(0);
  logFilter = $state<'all' | 'callbacks' | 'voicemail'>('all');
  /** The scroll position of each list in px. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- only read when a list is mounted
  readonly scrollPositions = new Map<string, number>();
  #findFocusBeforePage: (() => HTMLElement | null) | undefined;
  #findFocusBeforeSearch: (() => HTMLElement | null) | undefined;

  openSession(id: string): void {
    this.#openPage({ kind: 'session', id });
  }

  /** Whether the details of a session are open. */
  isSessionOpen(id: string): boolean {
    return this.page?.kind === 'session' && this.page.id === id;
  }

  openSettings(section?: SectionName): void {
    this.#openPage({ kind: 'settings', section });
  }

  /** Opens the sign-in page for an account, or for a new one. */
  openSignIn(account?: string): void {
    this.#openPage({ kind: 'sign-in', account, from: this.page });
  }

  /** Closes the page and returns the focus to the element that opened it. */
  goBack(): void {
    if (this.page?.kind === 'sign-in' && this.page.from !== null) {
      this.page = this.page.from;
      return;
    }
    this.page = null;
    const find = this.#findFocusBeforePage;
    this.#findFocusBeforePage = undefined;
    // The tab below is inert until the next frame.
    requestAnimationFrame(() => {
      find?.()?.focus({ preventScroll: true });
      if (hasLostFocus()) focusStart();
    });
  }

  /** Shows a tab, with its list at the top unless it's the current tab. */
  showTab(tab: Tab): void {
    if (this.tab !== tab) {
      this.stopSearch();
      this.scrollPositions.clear();
    }
    this.tab = tab;
    this.page = null;
  }

  /** Shows all calls of the log, the latest first. */
  showAllCalls(): void {
    this.showTab('log');
    this.showLogFilter('all');
  }

  /** Shows the calls to return. */
  showCallbacks(): void {
    this.showTab('log');
    this.showLogFilter('callbacks');
  }

  /** Filters the log. The list of another filter starts at its top. */
  showLogFilter(filter: 'all' | 'callbacks' | 'voicemail'): void {
    if (filter !== this.logFilter) this.scrollPositions.delete('log');
    this.logFilter = filter;
  }

  /** Shows the top of the active calls, where those that ring are. */
  showRinging(): void {
    this.stopSearch();
    this.scrollPositions.delete('calls');
    this.topRequests += 1;
    this.showTab('calls');
  }

  /** Searches the calls from anywhere. The settings have their own search. */
  startSearch(): void {
    if (!this.isSearching) this.#findFocusBeforeSearch = rememberFocus();
    this.page = null;
    this.isSearching = true;
  }

  stopSearch(): void {
    if (!this.isSearching) return;
    this.isSearching = false;
    this.query = '';
    const find = this.#findFocusBeforeSearch;
    requestAnimationFrame(() => {
      if (hasLostFocus()) find?.()?.focus({ preventScroll: true });
      if (hasLostFocus()) focusStart();
    });
  }

  /** Goes to a destination requested by the main process. */
  navigate(destination: Navigation): void {
    this.isUntouched = destination.isFromLink === true;
    switch (destination.view) {
      case 'calls':
        this.showRinging();
        return;
      case 'missed':
        this.showCallbacks();
        return;
      case 'voicemail':
        this.showTab('log');
        this.showLogFilter('voicemail');
        return;
      case 'session':
        // Page.svelte focuses the heading of a page that opens.
        if (this.isSessionOpen(destination.id)) focusPageHeading();
        this.openSession(destination.id);
        return;
      case 'settings':
        this.openSettings();
    }
  }

  #openPage(page: Page): void {
    if (this.page === null) this.#findFocusBeforePage = rememberFocus();
    this.page = page;
  }
}
