import type { Bridge } from '../shared/ipc';
import type { Router } from './router.svelte';

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

/**
 * Handles the global keys: `/` searches, Ctrl or ⌘ with a comma opens the settings, and Escape goes
 * back, then hides the window if `canHide` is true.
 */
export function handleKeydown(
  event: KeyboardEvent,
  router: Router,
  bridge: Bridge,
  canHide: boolean,
): void {
  if (event.defaultPrevented) return;
  if (event.key === '/' && !isEditable(event.target) && router.page === null) {
    event.preventDefault();
    router.startSearch();
  }
  if (event.key === ',' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    router.openSettings();
  }
  if (event.key !== 'Escape') return;
  event.preventDefault();
  if (router.page !== null) router.goBack();
  else if (router.isSearching) router.stopSearch();
  else if (canHide) void bridge.request('window:hide');
}

/** Whether an element takes typed text. */
export function isEditable(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  );
}
