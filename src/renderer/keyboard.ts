import type { Bridge } from '../shared/ipc';
import type { Router } from './router.svelte';

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
  if (event.defaultPrevented || event.isComposing) return;
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
