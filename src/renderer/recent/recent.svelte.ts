import { untrack } from 'svelte';
import type { Bridge, LogView } from '../../shared/contract';

/** Entries that are asked for at a time. */
const PAGE = 100;

/** What the person looks for in the call log. */
export interface LogFilter {
  readonly search: string;
  readonly only: 'all' | 'missed';
}

/** The part of the call log that was loaded so far, the newest entry first. */
export class RecentLog {
  entries = $state.raw<readonly LogView[]>([]);
  total = $state(0);
  /** False until the first answer is there. */
  loaded = $state(false);
  readonly #bridge: Bridge;
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- changes only along with the entries
  readonly #fresh = new Set<string>();
  #filter: LogFilter = { search: '', only: 'all' };
  #question = 0;
  #asking = false;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
  }

  /** Loads anew as much as was loaded; a new filter starts at the top. */
  async load(filter: LogFilter): Promise<void> {
    const same = filter.search === this.#filter.search && filter.only === this.#filter.only;
    // Called from effects, which must not run again for what they brought about.
    const wanted = same
      ? Math.max(
          PAGE,
          untrack(() => this.entries.length),
        )
      : PAGE;
    this.#filter = filter;
    const question = ++this.#question;
    this.#asking = true;
    const entries: LogView[] = [];
    for (;;) {
      const page = await this.#ask(entries.length);
      // Somebody asked for something else meanwhile, and will have an answer of their own.
      if (question !== this.#question) return;
      entries.push(...page.entries);
      const all = page.entries.length === 0 || entries.length >= page.total;
      if (!all && entries.length < wanted) continue;
      this.#asking = false;
      this.#show(entries, page.total);
      return;
    }
  }

  /** Loads the next entries, where there are more. */
  async more(): Promise<void> {
    if (this.#asking || this.entries.length >= this.total) return;
    this.#asking = true;
    const question = this.#question;
    const page = await this.#ask(this.entries.length);
    if (question !== this.#question) return;
    this.#asking = false;
    const known = this.entries.map(({ facts }) => facts.id);
    const next = page.entries.filter(({ facts }) => !known.includes(facts.id));
    this.#show([...this.entries, ...next], page.total);
  }

  /** Whether a miss was new when it was first shown here: looking at it does not make it old. */
  isFresh(entry: LogView): boolean {
    return !entry.seen || this.#fresh.has(entry.facts.id);
  }

  #ask(offset: number) {
    return this.#bridge.request('log:query', { ...this.#filter, offset, limit: PAGE });
  }

  #show(entries: readonly LogView[], total: number): void {
    for (const { seen, facts } of entries) if (!seen) this.#fresh.add(facts.id);
    this.entries = entries;
    this.total = total;
    this.loaded = true;
  }
}
