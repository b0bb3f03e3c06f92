import { untrack } from 'svelte';
import type { Bridge, LogEntryView } from '../../../shared/ipc';

const PAGE_SIZE = 100;

export interface LogFilter {
  readonly search: string;
  readonly only: 'all' | 'resolved';
}

/** The loaded part of the call log, newest entry first. */
export class LogEntries {
  entries = $state.raw<readonly LogEntryView[]>([]);
  total = $state(0);
  /** The search that the entries are the results of. */
  loadedSearch = $state('');
  /** Whether the first response has arrived. */
  isLoaded = $state(false);
  readonly #bridge: Bridge;
  #filter: LogFilter = { search: '', only: 'all' };
  #requestId = 0;
  #isLoading = false;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
  }

  /** Whether nothing restricts the entries, and all of them are loaded. */
  get isWholeLog(): boolean {
    const { search, only } = this.#filter;
    return this.isLoaded && search === '' && only === 'all' && this.entries.length >= this.total;
  }

  /**
   * Reloads as many entries as were loaded, or the first page if the filter changed. Earlier calls
   * that follow a log loaded to its end are loaded too.
   */
  async load(filter: LogFilter): Promise<void> {
    const isSameFilter = filter.search === this.#filter.search && filter.only === this.#filter.only;
    // Untracked: called from effects, which must not run again because of its result.
    const loadedCount = untrack(() => this.entries.length + (this.isWholeLog ? PAGE_SIZE : 0));
    const count = isSameFilter ? Math.max(PAGE_SIZE, loadedCount) : PAGE_SIZE;
    this.#filter = filter;
    const requestId = ++this.#requestId;
    this.#isLoading = true;
    const entries: LogEntryView[] = [];
    for (;;) {
      const page = await this.#fetchPage(entries.length);
      // A newer request replaces this one.
      if (requestId !== this.#requestId) return;
      entries.push(...page.entries);
      const isComplete = page.entries.length === 0 || entries.length >= page.total;
      if (!isComplete && entries.length < count) continue;
      this.#isLoading = false;
      this.#setEntries(entries, page.total);
      return;
    }
  }

  /** Loads the next page if there is one. */
  async loadMore(): Promise<void> {
    if (this.#isLoading || this.entries.length >= this.total) return;
    this.#isLoading = true;
    const requestId = this.#requestId;
    const page = await this.#fetchPage(this.entries.length);
    if (requestId !== this.#requestId) return;
    this.#isLoading = false;
    const ids = this.entries.map(({ id }) => id);
    const next = page.entries.filter(({ id }) => !ids.includes(id));
    this.#setEntries([...this.entries, ...next], page.total);
  }

  #fetchPage(offset: number) {
    return this.#bridge.request('log:query', { ...this.#filter, offset, limit: PAGE_SIZE });
  }

  #setEntries(entries: readonly LogEntryView[], total: number): void {
    this.entries = entries;
    this.total = total;
    this.loadedSearch = this.#filter.search;
    this.isLoaded = true;
  }
}
