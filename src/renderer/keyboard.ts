import type { Bridge } from '../shared/ipc';
import { focusTabStart } from './focus';
import type { Router, Tab } from './router.svelte';

/** What browsers report as the key that an input method handles. */
const INPUT_METHOD_KEY_CODE = 229;

/**
 * Keeps the keys of an input method from every other handler: an Escape that ends a composition
 * must not also clear a search or close a page. Listens in the capture phase of the window.
 */
export function ignoreComposition(event: KeyboardEvent): void {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- some input methods set nothing else
  if (event.isComposing || event.keyCode === INPUT_METHOD_KEY_CODE) {
    event.stopImmediatePropagation();
  }
}

const TABS: readonly Tab[] = ['calls', 'log', 'today'];

/** What the global keys act on. */
export interface KeyTarget {
  readonly router: Router;
  readonly bridge: Bridge;
  /** Whether Escape may hide the window. */
  readonly canHide: boolean;
  /** Whether there are calls to search and views to change. */
  readonly isSignedIn: boolean;
}

/**
 * Handles the global keys: `/` and Ctrl or ⌘ with F search, with 1 to 3 they show a tab, with a comma
 * the settings; `?` lists these keys, and Escape goes back, then hides the window.
 */
export function handleKeydown(
  event: KeyboardEvent,
  { router, bridge, canHide, isSignedIn }: KeyTarget,
): void {
  if (event.defaultPrevented) return;
  const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey;
  if (isSearchKey(event)) {
    if (!isSignedIn || router.page?.kind === 'settings' || router.page?.kind === 'sign-in') return;
    event.preventDefault();
    router.startSearch();
  } else if (event.key === '?' && !isEditable(event.target)) {
    event.preventDefault();
    router.isShowingShortcuts = true;
  } else if (event.key === ',' && isCommand) {
    event.preventDefault();
    router.openSettings();
  } else if (isCommand && isSignedIn && /^[1-3]$/.test(event.key)) {
    event.preventDefault();
    router.showTab(TABS[Number(event.key) - 1] ?? 'calls');
    void focusTabStart();
  }
  if (event.key !== 'Escape') return;
  event.preventDefault();
  if (router.page !== null) router.goBack();
  else if (router.isSearching) router.stopSearch();
  else if (canHide) void bridge.request('window:hide');
}

/** Whether a key starts a search: `/` outside of text, or Ctrl or ⌘ with F. */
export function isSearchKey(event: KeyboardEvent): boolean {
  if (event.key === '/') return !isEditable(event.target);
  return event.key.toLowerCase() === 'f' && (event.ctrlKey || event.metaKey) && !event.altKey;
}

/** Whether an element takes typed text. */
export function isEditable(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement)
    return !/^(?:radio|checkbox|range|button)$/.test(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
