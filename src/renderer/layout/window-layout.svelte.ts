import { innerWidth } from 'svelte/reactivity/window';
import type { AppStateStore } from '../app-state.svelte';
import type { Router } from '../router.svelte';

/**
 * At least this wide, at 100% zoom, the window shows the list and the details side by side. In px.
 */
const MIN_WIDE_PX = 720;

/** How the window is divided. */
export class WindowLayout {
  readonly #store: AppStateStore;
  readonly #router: Router;

  constructor(store: AppStateStore, router: Router) {
    this.#store = store;
    this.#router = router;
  }

  /** Whether there is room for two columns. */
  get isWide(): boolean {
    return (innerWidth.current ?? 0) >= (MIN_WIDE_PX * this.#store.state.settings.zoom) / 100;
  }

  /** Whether details are shown beside the list instead of covering it. */
  get isSplit(): boolean {
    const { page, tab, query } = this.#router;
    const isList = tab !== 'today' || query.trim() !== '';
    return this.isWide && isList && (page === null || page.kind === 'session');
  }
}
